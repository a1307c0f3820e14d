namespace Rapida.MediaRelay.Playout;

/// <summary>
/// The last 1.5 s that were sent of a turn. Who was held in the middle of a word begins again where it was quiet: half a word is no word.
/// </summary>
internal sealed class RecentSpeech
{
    private const int MostFrames = 75;

    private readonly SpeechFrame[] _frames = new SpeechFrame[MostFrames];
    private long _sent;
    private int _repeats;

    public void Add(in SpeechFrame frame) => _frames[_sent++ % MostFrames] = frame;

    /// <summary>Nothing is left that could be said again.</summary>
    public void Clear() => (_sent, _repeats) = (0, 0);

    /// <summary>Goes back to where it was quiet last, or else to the quietest place.</summary>
    public void Rewind()
    {
        var (quietest, level) = (_sent, float.PositiveInfinity);
        for (var place = _sent - 1; place >= Math.Max(0, _sent - MostFrames) && !IsQuiet(quietest); place--)
            if (MulawFrame.LevelOf(_frames[place % MostFrames].Audio.Span) is var here && here < level)
                (quietest, level) = (place, here);
        _repeats = (int)(_sent - quietest);
    }

    /// <summary>The next frame to say again.</summary>
    public bool TryRepeat(out SpeechFrame frame)
    {
        frame = default;
        if (_repeats == 0)
            return false;

        frame = _frames[(_sent - _repeats--) % MostFrames];
        frame.IsRepeat = true;
        return true;
    }

    private bool IsQuiet(long place) => place < _sent && !_frames[place % MostFrames].IsAudible;
}
