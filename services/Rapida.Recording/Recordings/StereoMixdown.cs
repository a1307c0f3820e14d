using Rapida.Audio;
using Rapida.Recording.Journal;

namespace Rapida.Recording.Recordings;

/// <summary>
/// Lays the segments of two tracks side by side and writes them as they become final. Segments come in order of their first sample, so
/// that nothing before the latest one can change any more, and memory holds little more than a segment.
/// </summary>
internal sealed class StereoMixdown(WavWriter wav)
{
    // Two samples a frame; from _written on, what a later segment may still change.
    private readonly short[] _window = new short[2 * Entry.MaxSegment];

    // Frames in the file.
    private long _written;

    // Samples of the window that hold sound; behind them it is silent.
    private int _used;

    /// <summary>Adds a segment.</summary>
    /// <param name="track">Its channel.</param>
    /// <param name="position">Its first sample's place in the recording. What lies before an earlier segment's place is dropped.</param>
    /// <param name="mulaw">G.711 mu-law, at most <see cref="Entry.MaxSegment"/> samples.</param>
    public void Add(Track track, long position, ReadOnlySpan<byte> mulaw)
    {
        WriteUntil(position);
        mulaw = mulaw[(int)Math.Min(_written - position, mulaw.Length)..];
        for (var i = 0; i < mulaw.Length; i++)
            _window[2 * i + (int)track] = Mulaw.Decode(mulaw[i]);
        _used = Math.Max(_used, 2 * mulaw.Length);
    }

    /// <summary>Writes all that is left, and silence up to <paramref name="length"/>.</summary>
    public void Complete(long length) => WriteUntil(Math.Max(length, _written + _used / 2));

    private void WriteUntil(long position)
    {
        while (_written < position)
        {
            var frames = (int)Math.Min(position - _written, Entry.MaxSegment);
            wav.Write(_window.AsSpan(0, 2 * frames));
            _written += frames;

            var left = Math.Max(0, _used - 2 * frames);
            _window.AsSpan(_used - left, left).CopyTo(_window);
            _window.AsSpan(left, _used - left).Clear();
            _used = left;
        }
    }
}
