using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>
/// Speaks, listens and answers once before the first caller does: models are loaded and code is compiled while nobody waits. Not ready
/// until it is done; an engine that fails here is heard of when a call needs it.
/// </summary>
internal sealed class WarmUpEngines(SpeechProviders providers, ILogger<WarmUpEngines> logger) : BackgroundService, IHealthCheck
{
    private const string Words = "Hello, what can I do for you?";
    private volatile bool _isDone;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It is still warming up."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The engines are native code and take their time: the start goes on meanwhile.
        providers.WarmUp();
        try
        {
            await SpeakAndListenAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is SpeechProviderException or OperationCanceledException)
        {
            logger.StaysCold(exception.GetType().Name);
        }

        _isDone = true;
    }

    private async Task SpeakAndListenAsync(CancellationToken cancellationToken)
    {
        await using var session = await providers.SpeechToText("pocketsphinx").OpenAsync(SpeechSettings.Default, cancellationToken);
        session.StartUtterance(RecognitionHint.Anything);
        var encoder = new SpeechEncoder();
        await foreach (var chunk in providers.TextToSpeech("flite").SynthesizeAsync(Words, SpeechSettings.Default, cancellationToken))
        {
            session.Push(chunk.Samples.Span[..Math.Min(chunk.Samples.Length, StreamTime.SampleRate)]);
            _ = encoder.Encode(chunk);
        }

        await session.FinishUtteranceAsync(cancellationToken);
        await foreach (var _ in providers.LanguageModel("scripted").RespondAsync(new("appointment", "", []), cancellationToken))
        {
        }
    }
}
