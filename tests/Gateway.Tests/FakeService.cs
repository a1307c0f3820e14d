using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rapida.Gateway.Tests;

/// <summary>A service behind the door. It keeps what arrives, and answers what it is told to.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var heard = new Request(
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, new HeaderDictionary(context.Request.Headers.ToDictionary()),
                await body.ReadToEndAsync(context.RequestAborted));
            if (IsRemembering)
                Heard.Enqueue(heard);
            await Answer(context);
        });
    }

    public sealed record Request(string RawTarget, IHeaderDictionary Headers, string Body);

    /// <summary>False: what comes is answered and forgotten.</summary>
    public bool IsRemembering { get; set; } = true;

    /// <summary>Requests that have come whole.</summary>
    public ConcurrentQueue<Request> Heard { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("""{"answered":true}""");

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FakeService> StartAsync()
    {
        var service = new FakeService();
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
