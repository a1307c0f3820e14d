using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class CallerPausesTests
{
    private readonly CallerPauses _pauses = new(new TurnTakingOptions());

    [Fact]
    public void Nothing_is_known_of_a_caller_yet() => Assert.Equal(700, NeededMs("it is me"));

    [Theory]
    [InlineData("i want to come on")]
    [InlineData("my name is")]
    [InlineData("and")]
    [InlineData("I see, um,")]
    public void A_sentence_that_is_plainly_unfinished_is_waited_for(string words) => Assert.Equal(1_500, NeededMs(words));

    [Theory]
    [InlineData("yes")]
    [InlineData("no that is wrong")]
    public void Yes_or_no_is_all_that_was_asked(string words) => Assert.Equal(500, NeededMs(words, RecognitionHint.YesOrNo));

    [Fact]
    public void Who_pauses_long_is_given_time()
    {
        _pauses.WentOnAfter(TimeSpan.FromMilliseconds(680).ToSamples());

        Assert.Equal(880, NeededMs("it is me"));
        for (var i = 0; i < 5; i++)
            _pauses.WentOnAfter(TimeSpan.FromSeconds(2).ToSamples());
        Assert.Equal(1_200, NeededMs("it is me"));
    }

    [Fact]
    public void Who_never_pauses_is_answered_sooner_but_a_number_is_heard_out()
    {
        for (var turn = 0; turn < 5; turn++)
        {
            _pauses.WentOnAfter(TimeSpan.FromMilliseconds(80).ToSamples());
            _pauses.Finished();
        }

        Assert.Equal(500, NeededMs("it is me"));
        Assert.Equal(700, NeededMs("four one six", RecognitionHint.Digits));
    }

    [Fact]
    public async Task A_caller_who_pauses_in_the_middle_is_not_cut_off_the_next_time()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me", "the second time");
        await call.HearOutAsync();
        await call.SayAsync(400);
        await call.WaitAsync(660);
        await call.SayAsync(400);
        await call.WaitAsync(1_200);
        await call.HearOutAsync();

        await call.SayAsync(400);
        await call.WaitAsync(740);
        await call.SayAsync(400);
        await call.WaitAsync(1_500);

        Assert.Equal(["it is me", "the second time"], call.Speech.Mind.Requests.Last().Messages.Where(message => message.Role is ChatRole.Caller).Select(message => message.Text));
    }

    private int NeededMs(string words, RecognitionHint hint = RecognitionHint.Anything) => StreamTime.ToMilliseconds(_pauses.Needed(words, hint));
}
