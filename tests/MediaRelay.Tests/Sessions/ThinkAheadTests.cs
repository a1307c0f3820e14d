using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class ThinkAheadTests
{
    [Fact]
    public async Task The_model_begins_on_a_likely_end_of_turn_and_is_heard_on_a_certain_one()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(400);
        Assert.Equal("it is me", Assert.Single(call.Speech.Mind.Requests).Messages[^1].Text);
        Assert.False(Sounds.IsAudible(call.Heard.TakeLast(300 * 8).ToArray()));

        await call.WaitAsync(1_000);
        Assert.Single(call.Speech.Mind.Requests);
        Assert.Equal("I see.", call.Turns.Last().Text);
        Assert.Contains("thought_ahead", call.Decisions);
    }

    [Fact]
    public async Task Every_stage_of_an_answer_is_told_with_the_turn()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(1_400);

        var stages = call.Turns.Last().Waterfall;
        Assert.InRange(stages.FirstTokenMs, 290, 340);
        Assert.InRange(stages.FirstAudioMs, stages.FirstTokenMs, 340);
        Assert.InRange(stages.EndOfTurnMs, 700, 740);
        Assert.InRange(stages.TranscriptMs, stages.EndOfTurnMs, 740);
        Assert.InRange(stages.FirstSentMs, stages.TranscriptMs, 760);
        Assert.InRange(stages.FirstConfirmedMs, stages.FirstSentMs, 1_000);
        Assert.Null(call.Turns.First().Waterfall);
    }

    [Fact]
    public async Task Who_goes_on_is_answered_with_all_that_was_said()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(400);
        call.Speech.Ears.HearsInstead("it is me again");
        await call.SayAsync(400);
        await call.WaitAsync(1_500);

        Assert.Equal(["it is me", "it is me again"], call.Speech.Mind.Requests.Select(request => request.Messages[^1].Text));
        Assert.Equal(["Hello, who is it?", "it is me again", "I see."], call.Turns.Select(turn => turn.Text));
        Assert.Equal(0, call.Clears);
    }

    [Fact]
    public async Task When_the_final_words_are_others_the_answer_is_thought_anew()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("for one six");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(400);
        call.Speech.Ears.HearsInstead("four one six");
        await call.WaitAsync(1_500);

        Assert.Equal(2, call.Speech.Mind.Requests.Count);
        Assert.Equal(["Hello, who is it?", "four one six", "I see."], call.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public async Task A_tool_is_not_called_before_the_turn_has_ended()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => [new LanguageModelToken.Text("Goodbye."), new LanguageModelToken.ToolCall("call_1", "end_call", "{}")];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("that is all");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(400);
        Assert.DoesNotContain(call.Journal, entry => entry.ToolStarted is not null);
        speech.Ears.HearsInstead("that is all but");
        await call.SayAsync(300);
        await call.WaitAsync(1_400);
        Assert.DoesNotContain(call.Journal, entry => entry.ToolStarted is not null);

        await call.WaitUntilOverAsync(2_000);
        Assert.Single(call.Journal, entry => entry.ToolStarted is not null);
    }

    [Fact]
    public async Task A_model_that_fails_ahead_of_time_is_asked_again_when_it_counts()
    {
        var speech = new FakeSpeech();
        var failures = 1;
        speech.Mind.Answer = _ => failures-- > 0 ? throw new SpeechProviderException("Too busy.") : [new LanguageModelToken.Text("I see.")];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(2_000);

        Assert.Equal(["Hello, who is it?", "it is me", "I see."], call.Turns.Select(turn => turn.Text));
    }
}
