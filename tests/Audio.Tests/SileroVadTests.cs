using Rapida.Audio;
using Rapida.Audio.Silero;

namespace Audio.Tests;

/// <summary>Silero in earnest, where <c>make vad</c> has fetched its files; nothing to test where it has not.</summary>
public sealed class SileroVadTests
{
    private static readonly VoiceActivityDetectors Detectors = new(VadKind.Auto);

    [Fact]
    public void What_is_missing_is_said_when_Silero_is_asked_for_and_done_without_when_not()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Contains("make vad", Assert.Throws<SileroUnavailableException>(() => new VoiceActivityDetectors(VadKind.Silero, nowhere)).Message);
        Assert.IsType<EnergyVad>(new VoiceActivityDetectors(VadKind.Auto, nowhere).Create());
        Assert.IsType<EnergyVad>(new VoiceActivityDetectors(VadKind.Energy).Create());
    }

    [Fact]
    public void Files_that_are_not_what_they_should_be_are_told_and_done_without()
    {
        var folder = Directory.CreateTempSubdirectory();
        foreach (var file in new[] { SileroModel.LibraryFile, SileroModel.ModelFile })
            File.WriteAllText(Path.Combine(folder.FullName, file), "neither a library nor a model");

        var detectors = new VoiceActivityDetectors(VadKind.Auto, folder.FullName);

        Assert.Equal(VadKind.Energy, detectors.Kind);
        Assert.NotNull(detectors.Problem);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Noise_of_any_kind_is_no_voice()
    {
        if (Detectors.Kind != VadKind.Silero)
            return;

        foreach (var noise in new[] { Signals.Noise(8_000, 10, -30), Signals.SwingingNoise(8_000, 10, -20), new short[80_000] })
            Assert.InRange(Judge(noise).Count(frame => frame.Voiced), 0, 25);
    }

    [Fact]
    public void Calls_do_not_hear_each_other_and_frames_of_any_length_are_taken()
    {
        if (Detectors.Kind != VadKind.Silero)
            return;

        var sound = Signals.Mix(Signals.Syllables(8_000, 3, -20), Signals.Noise(8_000, 3, -40));
        var alone = Judge(sound).Select(frame => frame.Voiced).ToArray();
        var together = new bool[4][];

        Parallel.For(0, together.Length, call => together[call] = Judge(sound).Select(frame => frame.Voiced).ToArray());

        Assert.All(together, call => Assert.Equal(alone, call));
        using var odd = (SileroVad)Detectors.Create();
        odd.Push(sound.AsSpan(0, 1_111), []);
        odd.Push([], []);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        if (Detectors.Kind != VadKind.Silero)
            return;

        using var vad = (SileroVad)Detectors.Create();
        var frame = Signals.Noise(8_000, 0.02, -30);
        for (var i = 0; i < 10; i++)
            vad.Push(frame, frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
            vad.Push(frame, frame);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<VoiceActivity> Judge(short[] near)
    {
        using var vad = (SileroVad)Detectors.Create();
        return Enumerable.Range(0, near.Length / 160).Select(i => vad.Push(near.AsSpan(i * 160, 160), [])).ToList();
    }
}
