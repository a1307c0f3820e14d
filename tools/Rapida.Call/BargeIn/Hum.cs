using Rapida.Audio;

namespace Rapida.Call.BargeIn;

/// <summary>Somebody who listens says "mm-hm": 350 ms of a closed mouth, whose pitch falls and rises again.</summary>
internal static class Hum
{
    private const int Rate = 8000;
    private const int Samples = Rate * 350 / 1000;
    private const float LevelDb = -24;

    /// <summary>Mono, 8 kHz.</summary>
    public static WavAudio Synthesise()
    {
        var nose = new Formant(250, 60, Rate);
        var mouth = new Formant(1100, 150, Rate);
        var samples = new double[Samples];
        var phase = 0.0;
        for (var i = 0; i < Samples; i++)
        {
            var at = (double)i / Samples;
            // 120 Hz on the average: from 130 down to 105 and up to 140.
            var pitch = 105 + (at < 0.45 ? 25 * (1 - at / 0.45) : 35 * (at - 0.45) / 0.55);
            phase += pitch / Rate;
            // One pulse of the vocal cords per period.
            var pulse = phase >= 1 ? 1.0 : 0.0;
            phase -= pulse;
            samples[i] = (nose.Filter(pulse) + 0.3 * mouth.Filter(pulse)) * Envelope(at);
        }
        return Level.Set(samples, LevelDb, Rate);
    }

    // The m, the breath of the h in the middle, the m again.
    private static double Envelope(double at) => Math.Min(1, Math.Min(at, 1 - at) / 0.1) * (1 - 0.6 * Math.Exp(-Math.Pow((at - 0.45) / 0.06, 2)));
}
