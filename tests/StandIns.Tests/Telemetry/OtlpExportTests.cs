using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Xunit;

namespace StandIns.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task UseOtlpExporter_sends_the_spans_of_the_host_to_the_collector()
    {
        var posts = new ConcurrentQueue<(string Path, long Bytes)>();
        await using var collector = await StartCollectorAsync(posts);
        using var source = new ActivitySource($"otlp-{Guid.NewGuid():n}");
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(source.Name))
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(collector.Urls.Single()));

        using (var host = builder.Build())
        {
            await host.StartAsync();
            source.StartActivity("exported")!.Dispose();
            await host.StopAsync();
        }

        var (_, bytes) = Assert.Single(posts, post => post.Path == "/v1/traces");
        Assert.True(bytes > 0);
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentQueue<(string Path, long Bytes)> posts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            posts.Enqueue((context.Request.Path, body.Length));
        });
        await app.StartAsync();
        return app;
    }
}
