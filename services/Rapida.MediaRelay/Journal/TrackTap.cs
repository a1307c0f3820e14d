namespace Rapida.MediaRelay.Journal;

/// <summary>Gathers one track's audio into segments: short ones, because what is gathered is lost with the process.</summary>
internal sealed class TrackTap(Action<long, ReadOnlyMemory<byte>> onSegment)
{
    // 320 ms.
    private const int LongestSegment = 2_560;

    private byte[] _segment = new byte[LongestSegment];
    private long _firstSample;
    private int _length;

    /// <param name="firstSample">Where the audio belongs. A gap to what was there before begins a new segment.</param>
    /// <param name="mulaw">At most 320 ms.</param>
    public void Write(long firstSample, ReadOnlySpan<byte> mulaw)
    {
        if (firstSample != _firstSample + _length || _length + mulaw.Length > LongestSegment)
            Flush();
        if (_length == 0)
            _firstSample = firstSample;

        mulaw.CopyTo(_segment.AsSpan(_length));
        _length += mulaw.Length;
    }

    /// <summary>Passes on what there is.</summary>
    public void Flush()
    {
        if (_length == 0)
            return;

        onSegment(_firstSample, _segment.AsMemory(0, _length));
        _segment = new byte[LongestSegment];
        (_firstSample, _length) = (_firstSample + _length, 0);
    }
}
