using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>What a caller hears while it rings elsewhere: in the United States 440 and 480 Hz, two seconds in six, at -19 dBm0 each.</summary>
internal static class RingingTone
{
    private const int ToneBytes = 2 * 8000;
    private const int CycleBytes = 6 * 8000;

    /// <summary>mu-law at 8 kHz.</summary>
    public static byte[] For(TimeSpan length)
    {
        var audio = new byte[Frame.Count(length) * Frame.Bytes];
        audio.AsSpan().Fill(Mulaw.Silence);
        for (var at = 0; at < audio.Length; at += CycleBytes)
            DualTone.Fill(audio.AsSpan(at, Math.Min(ToneBytes, audio.Length - at)), 440, 480, -19);
        return audio;
    }
}
