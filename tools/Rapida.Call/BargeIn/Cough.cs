using Rapida.Audio;

namespace Rapida.Call.BargeIn;

/// <summary>250 ms of a cough: noise that bursts out, and a second, longer burst, through an open throat.</summary>
internal static class Cough
{
    private const int Rate = 8000;
    private const int Samples = Rate / 4;
    private const float LevelDb = -20;

    /// <summary>Mono, 8 kHz; the same noise each time.</summary>
    public static WavAudio Synthesise()
    {
        var throat = new Formant(700, 300, Rate);
        var mouth = new Formant(1800, 500, Rate);
        var samples = new double[Samples];
        var noise = 1u;
        for (var i = 0; i < Samples; i++)
        {
            noise = noise * 1_664_525 + 1_013_904_223;
            var white = (int)noise / 2_147_483_648.0;
            samples[i] = (throat.Filter(white) + 0.7 * mouth.Filter(white)) * Envelope(i * 1000.0 / Rate);
        }
        return Level.Set(samples, LevelDb, Rate);
    }

    private static double Envelope(double ms) => Burst(ms, 25) + (ms >= 100 ? 0.6 * Burst(ms - 100, 50) : 0);

    // Up within 5 ms, then fading.
    private static double Burst(double ms, double fadesMs) => Math.Min(1, ms / 5) * Math.Exp(-ms / fadesMs);
}
