using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class TurnTakingTests
{
    private readonly EndOfTurn _endOfTurn = new(new TurnTakingOptions(), new CallerPauses(new TurnTakingOptions()));
    private long _position;

    [Fact]
    public void A_click_is_no_utterance()
    {
        Assert.Equal(VoiceChange.None, Push(true, 40));
        Assert.Equal(VoiceChange.None, Push(false, 2_000));
    }

    [Fact]
    public void An_utterance_begins_where_its_first_voice_was()
    {
        Push(false, 1_000);

        Assert.Equal(VoiceChange.Began, Push(true, 80));
        Assert.Equal(8_000, _endOfTurn.Speaking!.BeganAt);
    }

    [Fact]
    public void It_ends_after_700_ms_of_silence_and_knows_its_last_voice()
    {
        Push(true, 500);
        Assert.Equal(VoiceChange.None, Push(false, 680));
        Assert.Equal(VoiceChange.Ended, Push(false, 20));

        Assert.Null(_endOfTurn.Speaking);
        Assert.Equal((0, 4_000, 4_000), (_endOfTurn.Ended!.BeganAt, _endOfTurn.Ended.VoicedUntil, _endOfTurn.Ended.Voiced));
    }

    [Fact]
    public void Voice_without_end_is_cut() => Assert.Equal(VoiceChange.Ended, Push(true, 60_000));

    [Fact]
    public void Beginnings_and_ends_alternate_and_lie_where_voice_was() =>
        Prop.ForAll<bool[]>(frames =>
        {
            var endOfTurn = new EndOfTurn(new TurnTakingOptions(), new CallerPauses(new TurnTakingOptions()));
            var isSpeaking = false;
            for (var i = 0; i < frames.Length; i++)
            {
                var change = endOfTurn.Push(i * 160, frames[i], "", RecognitionHint.Anything);
                if (change is VoiceChange.None or VoiceChange.Paused or VoiceChange.WentOn)
                    continue;
                if (change is VoiceChange.Began == isSpeaking)
                    return false;
                isSpeaking = change is VoiceChange.Began;
                var utterance = endOfTurn.Speaking ?? endOfTurn.Ended!;
                if (!frames[utterance.BeganAt / 160] || !frames[(utterance.VoicedUntil / 160) - 1])
                    return false;
            }

            return isSpeaking == (endOfTurn.Speaking is not null);
        }).QuickCheckThrowOnFailure();

    /// <summary>The last change of the frames.</summary>
    private VoiceChange Push(bool voiced, int milliseconds)
    {
        var change = VoiceChange.None;
        for (var frame = 0; frame < milliseconds / 20; frame++, _position += 160)
            change = _endOfTurn.Push(_position, voiced, "", RecognitionHint.Anything);
        return change;
    }
}
