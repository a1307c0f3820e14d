using Rapida.Audio;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Audio to test with, as frames of 20 ms of mu-law.</summary>
internal static class Sounds
{
    public static readonly byte[] Silence = [.. Enumerable.Repeat(Mulaw.Silence, 160)];

    /// <summary>Something with syllables: 160 ms of tone, 40 ms of breath.</summary>
    public static IEnumerable<byte[]> Voice(int milliseconds)
    {
        var loud = Tone(700, 9_000);
        for (var frame = 0; frame < milliseconds / 20; frame++)
            yield return frame % 10 < 8 ? loud : Silence;
    }

    public static IEnumerable<byte[]> Quiet(int milliseconds) => Enumerable.Repeat(Silence, milliseconds / 20);

    /// <summary>20 ms of a tone whose period fits.</summary>
    public static byte[] Tone(int hertz, int amplitude)
    {
        var samples = new short[160];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(amplitude * Math.Sin(2 * Math.PI * hertz * i / 8_000));
        var mulaw = new byte[160];
        Mulaw.Encode(samples, mulaw);
        return mulaw;
    }

    public static bool IsAudible(ReadOnlySpan<byte> mulaw)
    {
        var samples = new short[mulaw.Length];
        Mulaw.Decode(mulaw, samples);
        return Loudness.Of(samples) > -54;
    }
}
