using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Says once, at the start, which local engines cannot be used here and what to install.</summary>
internal sealed class TellMissingEngines(SpeechProviders providers, ILogger<TellMissingEngines> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var missing in providers.Missing())
            logger.EngineIsMissing(missing);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
