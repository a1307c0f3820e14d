namespace Rapida.MediaRelay.Playout;

/// <summary>A frame that went out.</summary>
internal struct SentFrame
{
    public SpeechFrame Frame;

    /// <summary>The caller's stream had come so far.</summary>
    public long At;
}

/// <summary>First in, first out, and read in place: a frame is 200 bytes, and is looked at every 20 ms while it waits.</summary>
internal sealed class FrameRing
{
    // More than the pacer sends ahead; a power of two.
    private SentFrame[] _frames = new SentFrame[16];
    private int _first;

    public int Count { get; private set; }

    /// <summary>The oldest is 0.</summary>
    public ref readonly SentFrame this[int index] => ref _frames[(_first + index) & (_frames.Length - 1)];

    /// <summary>A place behind the newest, to be written.</summary>
    public ref SentFrame Add()
    {
        if (Count == _frames.Length)
            Grow();
        return ref _frames[(_first + Count++) & (_frames.Length - 1)];
    }

    /// <summary>The oldest: valid until the next <see cref="Add"/>.</summary>
    public ref readonly SentFrame Take()
    {
        ref var oldest = ref _frames[_first];
        _first = (_first + 1) & (_frames.Length - 1);
        Count--;
        return ref oldest;
    }

    private void Grow()
    {
        var larger = new SentFrame[_frames.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        (_frames, _first) = (larger, 0);
    }
}
