using Rapida.Audio;
using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>
/// Turns synthesised samples of any rate into frames of mu-law. One for each turn: the state of its filter joins the sentences, and the silence with
/// which synthesised speech begins and ends is cut off, so that the answer is heard sooner and the floor is free when the last word is.
/// </summary>
internal sealed class SpeechEncoder
{
    private readonly short[] _frame = new short[MulawFrame.Size];
    private readonly List<MulawFrame> _silence = [];
    private readonly List<MulawFrame> _encoded = [];
    private short[] _resampled = [];
    private Resampler? _resampler;
    private int _filled;
    private bool _isAudible;

    /// <summary>The frames that are complete with <paramref name="chunk"/>: until the next one is encoded.</summary>
    public IReadOnlyList<MulawFrame> Encode(SpeechChunk chunk)
    {
        _encoded.Clear();
        var samples = Resample(chunk);
        for (var offset = 0; offset < samples.Length;)
        {
            var piece = samples[offset..Math.Min(samples.Length, offset + _frame.Length - _filled)];
            piece.CopyTo(_frame.AsMemory(_filled));
            _filled += piece.Length;
            offset += piece.Length;
            if (_filled < _frame.Length)
                continue;

            if (MulawFrame.WouldBeAudible(_frame))
            {
                _isAudible = true;
                _encoded.AddRange(_silence);
                _silence.Clear();
                _encoded.Add(TakeFrame());
            }
            else if (_isAudible)
                _silence.Add(TakeFrame());
            else
                _filled = 0;
        }

        return _encoded;
    }

    /// <summary>The sentence's last frame, filled up with silence: a frame that runs short would click. Null: the sentence ends in silence.</summary>
    public MulawFrame? Flush()
    {
        if (_filled == 0)
            return null;
        if (_silence.Count == 0 && _isAudible)
            return TakeFrame();
        _filled = 0;
        return null;
    }

    /// <summary>The silence since the last sound: a pause, when another sentence follows.</summary>
    public IReadOnlyList<MulawFrame> TakePause()
    {
        MulawFrame[] pause = [.. _silence];
        _silence.Clear();
        return pause;
    }

    private MulawFrame TakeFrame()
    {
        Span<byte> mulaw = stackalloc byte[_filled];
        Mulaw.Encode(_frame.AsSpan(0, _filled), mulaw);
        _filled = 0;
        return new MulawFrame(mulaw);
    }

    private ReadOnlyMemory<short> Resample(SpeechChunk chunk)
    {
        if (chunk.SampleRate == StreamTime.SampleRate)
            return chunk.Samples;
        if (_resampler?.InputRate != chunk.SampleRate)
            _resampler = new Resampler(chunk.SampleRate, StreamTime.SampleRate);

        var length = _resampler.OutputLength(chunk.Samples.Length);
        if (_resampled.Length < length)
            _resampled = new short[length];
        return _resampled.AsMemory(0, _resampler.Resample(chunk.Samples.Span, _resampled));
    }
}
