using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rapida.AppHost;

/// <summary>When everything answers: prints what a person needs next, and writes it to <c>.data/run.json</c> for <c>make call</c>.</summary>
internal sealed class TellWhenReady(ResourceNotificationService resources, TellWhenReady.Addresses addresses, DemoTenant demo, DataFolder folder)
    : BackgroundService
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    internal sealed record Addresses(EndpointReference Gateway, EndpointReference Media, EndpointReference Emulator);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        File.Delete(folder.Path("run.json"));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        File.Delete(folder.Path("run.json"));
        foreach (var name in new[] { "gateway", "media", "emulator" })
            await resources.WaitForResourceHealthyAsync(name, stoppingToken);

        var run = new
        {
            GatewayUrl = addresses.Gateway.Url,
            MediaUrl = addresses.Media.Url,
            EmulatorUrl = addresses.Emulator.Url,
            ApiKey = demo.ApiKey,
            AssistantId = demo.AssistantId,
            PhoneNumber = DemoTenant.PhoneNumber,
            AccountSid = demo.AccountSidText,
            AuthToken = demo.AuthTokenText,
            ProcessId = Environment.ProcessId,
        };
        PrivateFiles.Write(folder.Path("run.json"), JsonSerializer.Serialize(run, Json));
        Console.WriteLine($"""

            Rapida is ready.
              API        {run.GatewayUrl}/v1          header x-api-key: {run.ApiKey}
              Media      {run.MediaUrl.Replace("http", "ws", StringComparison.Ordinal)}
              Twilio     {run.EmulatorUrl}          (emulated; {DemoTenant.PhoneNumber} is answered by assistant {run.AssistantId})
              its account {run.AccountSid}, with the numbers {DemoTenant.PhoneNumber} and {DemoTenant.GuidesNumber}; the auth token is in .data/run.json

            From another terminal:   make call   rings the assistant;   make dial TO=+15551234567   has it call somebody
            The API's page: {run.GatewayUrl}/docs
            Stop with Ctrl-C; what was said and set stays in .data and is there next time.

            """);
    }
}

internal static class TellWhenReadyRegistration
{
    public static void TellWhenReady(
        this IDistributedApplicationBuilder builder, DemoTenant demo, DataFolder folder, IResourceBuilder<ProjectResource> gateway,
        IResourceBuilder<ProjectResource> media, IResourceBuilder<ProjectResource> emulator)
    {
        var addresses = new TellWhenReady.Addresses(gateway.GetEndpoint("http"), media.GetEndpoint("http"), emulator.GetEndpoint("http"));
        builder.Services.AddHostedService(services => new TellWhenReady(
            services.GetRequiredService<ResourceNotificationService>(), addresses, demo, folder));
    }
}
