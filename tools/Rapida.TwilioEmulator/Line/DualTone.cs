using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>Two sine waves at once, of which the signals of the telephone are made.</summary>
internal static class DualTone
{
    // A sine wave at the top of mu-law has +3.17 dBm0 (ITU-T G.711).
    private const double TopDbm0 = 3.17;
    private const double Top = 32_124;

    /// <param name="audio">mu-law at 8 kHz; filled from end to end.</param>
    /// <param name="low">Hz.</param>
    /// <param name="high">Hz.</param>
    /// <param name="dbm0">Level of each wave.</param>
    public static void Fill(Span<byte> audio, int low, int high, double dbm0)
    {
        var peak = Top * Math.Pow(10, (dbm0 - TopDbm0) / 20);
        for (var i = 0; i < audio.Length; i++)
            audio[i] = Mulaw.Encode((short)(peak * (Math.Sin(2 * Math.PI * low * i / 8000) + Math.Sin(2 * Math.PI * high * i / 8000))));
    }
}
