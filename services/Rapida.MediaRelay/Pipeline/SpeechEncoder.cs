using Rapida.Audio;
using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <param name="Mulaw">20 ms that nobody changes any more.</param>
/// <param name="IsAudible">It is more than silence.</param>
internal readonly record struct EncodedFrame(ReadOnlyMemory<byte> Mulaw, bool IsAudible);

/// <summary>
/// Turns synthesised samples of any rate into frames of mu-law. One for each turn: the state of its filter joins the sentences, and the silence with
/// which synthesised speech begins and ends is cut off, so that the answer is heard sooner and the floor is free when the last word is.
/// </summary>
internal sealed class SpeechEncoder
{
    private readonly short[] _frame = new short[MulawFrame.Size];
    private readonly List<EncodedFrame> _silence = [];
    private readonly List<EncodedFrame> _encoded = [];
    private short[] _resampled = [];

    // What is left of the block that is being filled: a chunk's frames lie in one.
    private Memory<byte> _block;
    private Resampler? _resampler;
    private int _filled;
    private bool _isAudible;

    /// <summary>The frames that are complete with <paramref name="chunk"/>: until the next one is encoded.</summary>
    public IReadOnlyList<EncodedFrame> Encode(SpeechChunk chunk)
    {
        _encoded.Clear();
        var samples = Resample(chunk);
        _block = new byte[(_filled + samples.Length) / MulawFrame.Size * MulawFrame.Size];
        for (var offset = 0; offset < samples.Length;)
        {
            var piece = samples[offset..Math.Min(samples.Length, offset + _frame.Length - _filled)];
            piece.CopyTo(_frame.AsMemory(_filled));
            _filled += piece.Length;
            offset += piece.Length;
            if (_filled < _frame.Length)
                continue;

            var frame = TakeFrame();
            if (frame.IsAudible)
            {
                _isAudible = true;
                _encoded.AddRange(_silence);
                _silence.Clear();
                _encoded.Add(frame);
            }
            else if (_isAudible)
                _silence.Add(frame);
        }

        return _encoded;
    }

    /// <summary>The sentence's last frame, filled up with silence: a frame that runs short would click. Null: the sentence ends in silence.</summary>
    public EncodedFrame? Flush()
    {
        var isSound = _filled > 0 && _silence.Count == 0 && _isAudible;
        _frame.AsSpan(_filled).Clear();
        _filled = 0;
        _block = isSound ? new byte[MulawFrame.Size] : default;
        return isSound ? TakeFrame() : null;
    }

    /// <summary>The silence since the last sound: a pause, when another sentence follows.</summary>
    public IReadOnlyList<EncodedFrame> TakePause()
    {
        EncodedFrame[] pause = [.. _silence];
        _silence.Clear();
        return pause;
    }

    private EncodedFrame TakeFrame()
    {
        var mulaw = _block[..MulawFrame.Size];
        _block = _block[MulawFrame.Size..];
        Mulaw.Encode(_frame, mulaw.Span);
        _filled = 0;
        return new EncodedFrame(mulaw, MulawFrame.IsAudible(_frame));
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
