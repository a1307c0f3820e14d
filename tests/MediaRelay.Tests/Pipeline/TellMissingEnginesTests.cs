using Microsoft.Extensions.Logging;
using Rapida.Audio;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Pipeline;

public sealed class TellMissingEnginesTests
{
    [Fact]
    public async Task A_voice_detector_that_is_there_but_cannot_be_loaded_is_told_at_the_start()
    {
        var half = Directory.CreateTempSubdirectory();

        var line = Assert.Single(await ToldAsync(new VoiceActivityDetectors(VadKind.Auto, half.FullName)));

        Assert.Equal(
            (LogLevel.Warning, "Energy tells voice from silence, for Silero cannot be loaded: libonnxruntime.so is missing: make vad brings it."),
            (line.Level, line.Text));
        half.Delete();
    }

    [Fact]
    public async Task A_voice_detector_that_nobody_has_fetched_is_nothing_to_tell() =>
        Assert.Empty(await ToldAsync(new VoiceActivityDetectors(VadKind.Auto, Path.GetRandomFileName())));

    private static async Task<IReadOnlyCollection<LogCapture.Line>> ToldAsync(VoiceActivityDetectors detectors)
    {
        using var logs = new LogCapture();
        using (var factory = LoggerFactory.Create(logging => logging.AddProvider(logs)))
            await new TellMissingEngines(new FakeSpeech().Providers, detectors, factory.CreateLogger<TellMissingEngines>())
                .StartAsync(CancellationToken.None);
        return logs.Lines;
    }
}
