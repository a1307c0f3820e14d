using Rapida.Audio;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>Says once, at the start, which local engines cannot be used here and what to install.</summary>
internal sealed class TellMissingEngines(SpeechProviders providers, VoiceActivityDetectors detectors, ILogger<TellMissingEngines> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var missing in providers.Missing())
            logger.EngineIsMissing(missing);
        if (detectors.Problem is { } problem)
            logger.SileroIsNotUsed(problem);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
