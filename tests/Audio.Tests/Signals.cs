using Rapida.Audio;

namespace Audio.Tests;

/// <summary>Sounds made for measuring, and the measures.</summary>
internal static class Signals
{
    public static double Amplitude(double dbfs) => 32768 * Math.Pow(10, dbfs / 20);

    public static short[] Tone(double hertz, int rate, double seconds, double dbfs = -6) =>
        Make(rate, seconds, i => Amplitude(dbfs) * Math.Sin(2 * Math.PI * hertz * i / rate));

    /// <summary>White noise of uniform distribution, at an RMS level.</summary>
    public static short[] Noise(int rate, double seconds, double dbfs, int seed = 1)
    {
        var random = new Random(seed);
        return Make(rate, seconds, _ => Amplitude(dbfs) * Math.Sqrt(3) * (2 * random.NextDouble() - 1));
    }

    /// <summary>Brown noise (6 dB softer with each octave) whose loudness swings by 30 % at 0.7 Hz, as wind or a fan does.</summary>
    public static short[] SwingingNoise(int rate, double seconds, double dbfs, int seed = 1)
    {
        var random = new Random(seed);
        var (sum, power) = (0.0, 1 / (1 - 0.998 * 0.998) / 3);
        return Make(rate, seconds, i =>
        {
            sum = 0.998 * sum + 2 * random.NextDouble() - 1;
            return Amplitude(dbfs) * sum / Math.Sqrt(power) * (1 + 0.3 * Math.Sin(2 * Math.PI * 0.7 * i / rate));
        });
    }

    /// <summary>The same later and softer.</summary>
    public static short[] Echo(short[] samples, int delay, double lossDb) =>
        [.. new short[delay], .. samples[..^delay].Select(sample => (short)Math.Round(sample * Math.Pow(10, -lossDb / 20)))];

    /// <summary>A buzz of 120 Hz and its harmonics in syllables of 200 ms with 100 ms between: the rhythm of speech, without a recording.</summary>
    public static short[] Syllables(int rate, double seconds, double dbfs) =>
        Make(rate, seconds, i => i / (double)rate % 0.3 < 0.2
            ? Enumerable.Range(1, 20).Sum(k => Amplitude(dbfs) / 3 * Math.Sin(2 * Math.PI * 120 * k * i / rate + k * k))
            : 0);

    public static short[] Mix(short[] one, short[] other) =>
        one.Zip(other, (a, b) => (short)Math.Clamp(a + b, short.MinValue, short.MaxValue)).ToArray();

    /// <summary>The amplitude (0 dBFS = 1) of one frequency in a stretch that holds a whole number of its periods.</summary>
    public static double ToneDb(ReadOnlySpan<short> samples, double hertz, int rate)
    {
        double re = 0, im = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var angle = 2 * Math.PI * hertz * i / rate;
            re += samples[i] * Math.Cos(angle);
            im += samples[i] * Math.Sin(angle);
        }

        return 20 * Math.Log10(2 * Math.Sqrt(re * re + im * im) / samples.Length / 32768);
    }

    /// <summary>Signal to noise, in dB: the power of the tone against all the rest.</summary>
    public static double Snr(ReadOnlySpan<short> samples, double hertz, int rate)
    {
        var tone = Math.Pow(10, ToneDb(samples, hertz, rate) / 10) * 32768.0 * 32768 / 2;
        double total = 0;
        foreach (var sample in samples)
            total += (double)sample * sample / samples.Length;
        return 10 * Math.Log10(tone / Math.Max(total - tone, 1e-9));
    }

    public static short[] Resample(this Resampler resampler, ReadOnlySpan<short> input)
    {
        var output = new short[resampler.OutputLength(input.Length)];
        var written = resampler.Resample(input, output);
        Assert.Equal(output.Length, written);
        return output;
    }

    private static short[] Make(int rate, double seconds, Func<int, double> sample) =>
        Enumerable.Range(0, (int)(rate * seconds)).Select(i => (short)Math.Clamp(Math.Round(sample(i)), short.MinValue, short.MaxValue)).ToArray();
}
