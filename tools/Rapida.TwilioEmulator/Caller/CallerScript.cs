using Rapida.Audio;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>A stretch of speech in a recording, in frames of 20 ms; the end is exclusive.</summary>
internal readonly record struct Piece(int Start, int End);

/// <summary>What the caller is going to say: a recording as 8 kHz mu-law, cut where the speaker pauses.</summary>
internal sealed class CallerScript
{
    private CallerScript(byte[] audio, IReadOnlyList<Piece> pieces, bool isNoise) => (Audio, Pieces, IsNoise) = (audio, pieces, isNoise);

    /// <summary>The caller who never says a word.</summary>
    public static CallerScript Silent { get; } = new([], [], isNoise: false);

    /// <summary>The whole recording, a multiple of 160 bytes.</summary>
    public byte[] Audio { get; }

    /// <summary>Empty: the recording is silence.</summary>
    public IReadOnlyList<Piece> Pieces { get; }

    /// <summary>The recording has no pauses at all, not even between words: there are no turns to take.</summary>
    public bool IsNoise { get; }

    public int Frames => Audio.Length / Frame.Bytes;

    /// <exception cref="InvalidDataException">It is no WAV file that can be read.</exception>
    public static CallerScript FromWav(Stream wav)
    {
        var samples = WavFile.Read(wav).ToMono(8000).Samples.Span;
        var audio = new byte[(samples.Length + Frame.Bytes - 1) / Frame.Bytes * Frame.Bytes];
        Mulaw.Encode(samples, audio);
        audio.AsSpan(samples.Length).Fill(Mulaw.Silence);

        var levels = Levels(audio);
        var (pieces, isNoise) = PauseFinder.Split(levels);
        return new CallerScript(audio, pieces, isNoise);
    }

    public ReadOnlySpan<byte> FrameAt(int index) => Audio.AsSpan(index * Frame.Bytes, Frame.Bytes);

    private static float[] Levels(byte[] audio)
    {
        Span<short> samples = stackalloc short[Frame.Bytes];
        var levels = new float[audio.Length / Frame.Bytes];
        for (var i = 0; i < levels.Length; i++)
        {
            Mulaw.Decode(audio.AsSpan(i * Frame.Bytes, Frame.Bytes), samples);
            levels[i] = Loudness.Of(samples);
        }
        return levels;
    }
}
