using Rapida.Audio;

namespace Rapida.Call.BargeIn;

internal static class Level
{
    /// <summary>The sound at the wanted mean level (dBFS).</summary>
    public static WavAudio Set(double[] sound, float levelDb, int rate)
    {
        var rms = Math.Sqrt(sound.Average(s => s * s));
        var gain = 32_768 * Math.Pow(10, levelDb / 20) / rms;
        return new(rate, 1, sound.Select(s => (short)Math.Clamp(s * gain, short.MinValue, short.MaxValue)).ToArray());
    }
}
