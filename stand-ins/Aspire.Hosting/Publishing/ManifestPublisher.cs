using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publishing;

/// <summary><c>--publisher manifest --output-path aspire-manifest.json</c>: writes the model and ends.</summary>
internal sealed class ManifestPublisher(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    LogStream log) : IHostedService
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (executionContext.PublisherName != "manifest") throw Unavailable.Because("To publish anything but the manifest (--publisher manifest)");
        var output = configuration["Publishing:OutputPath"]
            ?? throw new DistributedApplicationException("Say where the manifest goes: --output-path aspire-manifest.json");

        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        var path = Path.GetFullPath(output);
        await using (var stream = File.Create(path))
        await using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            await new ManifestWriter(model, executionContext, writer, Path.GetDirectoryName(path)!).WriteAsync(cancellationToken);
        }

        log.Say($"Wrote {path}");
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
