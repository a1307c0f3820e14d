using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>A stretch of the caller's voice, in samples of the stream.</summary>
/// <param name="number">Counts the utterances of the session, from 1.</param>
/// <param name="beganAt">Its first voiced sample.</param>
internal sealed class Utterance(int number, long beganAt)
{
    public int Number => number;

    public long BeganAt => beganAt;

    /// <summary>The end of its last voice so far.</summary>
    public long VoicedUntil { get; set; }

    /// <summary>When it was decided that it is over: a timestamp.</summary>
    public long DecidedAt { get; set; }

    /// <summary>When its last voice came.</summary>
    public long VoiceAt { get; set; }

    /// <summary>How much of it was voice.</summary>
    public long Voiced { get; set; }

    /// <summary>The turn that it cut off.</summary>
    public AssistantTurn? Interrupted { get; set; }

    /// <summary>The turn that the caller was hearing when it began.</summary>
    public AssistantTurn? SpokenOver { get; set; }
}

/// <summary>What a frame has changed.</summary>
internal enum VoiceChange
{
    None,
    Began,

    /// <summary>It is silent for so long that the caller has probably finished.</summary>
    Paused,

    /// <summary>And he had not.</summary>
    WentOn,
    Ended,
}

/// <summary>The caller begins after some 80 ms of voice, and has finished after as much silence as <see cref="CallerPauses"/> says.</summary>
internal sealed class EndOfTurn(TurnTakingOptions options, CallerPauses pauses)
{
    // Voice is looked for in a window, because a detector may miss a frame.
    private const int WindowFrames = 8;

    private readonly long _onset = options.Onset.ToSamples();
    private readonly long _thinkAhead = options.ThinkAheadAfter.ToSamples();
    private readonly long _longest = options.LongestTurn.ToSamples();
    private uint _window;
    private int _utterances;

    /// <summary>What the caller is saying; null: nothing.</summary>
    public Utterance? Speaking { get; private set; }

    /// <summary>The utterance that ended last.</summary>
    public Utterance? Ended { get; private set; }

    /// <param name="position">Where the frame begins.</param>
    /// <param name="voiced">Whether it is voice.</param>
    /// <param name="words">What the recogniser makes of the utterance so far.</param>
    /// <param name="hint">What was asked for.</param>
    public VoiceChange Push(long position, bool voiced, string words, RecognitionHint hint)
    {
        var end = position + MulawFrame.Size;
        _window = ((_window << 1) | (voiced ? 1u : 0u)) & ((1u << WindowFrames) - 1);
        if (Speaking is null)
            return HasBegun(end) ? VoiceChange.Began : VoiceChange.None;
        if (voiced)
            return GoesOn(Speaking, end);

        var silence = end - Speaking.VoicedUntil;
        if (silence >= pauses.Needed(words, hint) || end - Speaking.BeganAt >= _longest)
            return Finish();
        return silence >= _thinkAhead && silence - MulawFrame.Size < _thinkAhead ? VoiceChange.Paused : VoiceChange.None;
    }

    private VoiceChange GoesOn(Utterance speaking, long end)
    {
        var silence = end - MulawFrame.Size - speaking.VoicedUntil;
        pauses.WentOnAfter(silence);
        speaking.Voiced += MulawFrame.Size;
        speaking.VoicedUntil = end;
        if (end - speaking.BeganAt >= _longest)
            return Finish();
        return silence >= _thinkAhead ? VoiceChange.WentOn : VoiceChange.None;
    }

    private VoiceChange Finish()
    {
        (Ended, Speaking) = (Speaking, null);
        _window = 0;
        pauses.Finished();
        return VoiceChange.Ended;
    }

    /// <summary>What is being said is not speech after all.</summary>
    public void Forget() => (Speaking, _window) = (null, 0);

    private bool HasBegun(long end)
    {
        var voiced = uint.PopCount(_window) * (long)MulawFrame.Size;
        if (voiced < _onset)
            return false;

        var length = (32 - (int)uint.LeadingZeroCount(_window)) * (long)MulawFrame.Size;
        Speaking = new Utterance(++_utterances, end - length) { Voiced = voiced, VoicedUntil = end };
        return true;
    }
}
