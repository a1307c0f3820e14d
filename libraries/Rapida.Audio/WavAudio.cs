namespace Rapida.Audio;

/// <summary>A whole recording in memory.</summary>
/// <param name="SampleRate">Samples per second and channel.</param>
/// <param name="Channels">1 or 2; the samples of two channels alternate, left first.</param>
/// <param name="Samples">16-bit samples.</param>
public sealed record WavAudio(int SampleRate, int Channels, ReadOnlyMemory<short> Samples)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / Channels / SampleRate);

    /// <summary>The recording as one channel (the mean of two) at <paramref name="sampleRate"/>.</summary>
    public WavAudio ToMono(int sampleRate)
    {
        var mono = Channels == 1 ? Samples : Stereo.Mix(Samples.Span);
        if (sampleRate == SampleRate)
            return new WavAudio(sampleRate, 1, mono);

        var resampler = new Resampler(SampleRate, sampleRate);
        var samples = new short[resampler.OutputLength(mono.Length)];
        resampler.Resample(mono.Span, samples);
        return new WavAudio(sampleRate, 1, samples);
    }

    /// <summary>One recording after the other, with <paramref name="pause"/> of silence before each and after the last.</summary>
    /// <exception cref="ArgumentException">There is no recording, or their rates or channels differ.</exception>
    public static WavAudio Concat(IReadOnlyCollection<WavAudio> pieces, TimeSpan pause)
    {
        var formats = pieces.Select(p => (p.SampleRate, p.Channels)).Distinct().ToArray();
        if (formats is not [var (rate, channels)])
            throw new ArgumentException("The recordings must share one sample rate and one number of channels.", nameof(pieces));

        var silence = new short[(int)(pause.TotalSeconds * rate) * channels];
        List<short> joined = [.. silence];
        foreach (var piece in pieces)
        {
            joined.AddRange(piece.Samples.Span);
            joined.AddRange(silence);
        }

        return new WavAudio(rate, channels, joined.ToArray());
    }
}
