using Rapida.Conversations.V1;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class ConversationTests
{
    [Fact]
    public async Task The_greeting_is_heard_and_written_down()
    {
        await using var call = await new PaperCall().AnswerAsync();

        await call.HearOutAsync();

        var turn = Assert.Single(call.Turns);
        Assert.Equal((Speaker.Assistant, "Hello, who is it?", false), (turn.Speaker, turn.Text, turn.Interrupted));
        Assert.InRange(call.Heard.Count(code => code is not 0xFF), 17 * 160 * 9 / 10, 17 * 160);
    }

    [Fact]
    public async Task Without_a_greeting_the_model_speaks_first()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "" }).AnswerAsync();

        await call.HearOutAsync();

        Assert.Empty(Assert.Single(call.Speech.Mind.Requests).Messages);
        Assert.Equal(["I see."], call.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public async Task What_the_caller_says_is_answered()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.HearOutAsync();
        await call.WaitAsync(1_000);
        await call.HearOutAsync();

        Assert.Equal(
            [(Speaker.Assistant, "Hello, who is it?"), (Speaker.Caller, "it is me"), (Speaker.Assistant, "I see.")],
            call.Turns.Select(turn => (turn.Speaker, turn.Text)));
        Assert.Equal(
            [ChatMessage.FromAssistant("Hello, who is it?"), ChatMessage.FromCaller("it is me")],
            Assert.Single(call.Speech.Mind.Requests).Messages);
    }

    [Fact]
    public async Task The_recogniser_hears_how_an_utterance_began()
    {
        await using var call = await new PaperCall().AnswerAsync();
        await call.HearOutAsync();

        await call.SayAsync(600);

        // 80 ms make an utterance; it is heard with the 400 ms up to there, and then on.
        Assert.Equal((400 + 600 - 80) * 16, call.Speech.Ears.SamplesHeard);
    }

    [Fact]
    public async Task The_answer_comes_soon_after_the_silence_that_ends_a_turn()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();

        await call.SayAsync(600);
        await call.WaitAsync(2_000);

        var answer = call.Turns.Last();
        Assert.InRange(answer.GapMs, 700, 800);
    }

    [Fact]
    public async Task A_pause_between_two_digits_does_not_end_the_turn()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("five five five");
        await call.HearOutAsync();

        for (var digit = 0; digit < 3; digit++)
        {
            await call.SayAsync(300);
            await call.WaitAsync(480);
        }

        await call.WaitAsync(2_000);

        Assert.Equal(["five five five"], call.Turns.Where(turn => turn.Speaker is Speaker.Caller).Select(turn => turn.Text));
    }

    [Fact]
    public async Task A_caller_who_is_not_understood_twice_is_told()
    {
        await using var call = await new PaperCall().AnswerAsync();
        await call.HearOutAsync();

        await call.SayAsync(500);
        await call.WaitAsync(1_500);
        await call.SayAsync(500);
        await call.WaitAsync(2_500);

        Assert.Equal("Sorry, I did not catch that.", call.Turns.Last().Text);
        Assert.Empty(call.Speech.Mind.Requests);
    }

    [Fact]
    public async Task A_call_that_has_lasted_long_enough_ends_with_a_goodbye()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Remaining = TimeSpan.FromSeconds(30) }).AnswerAsync();

        await call.WaitUntilOverAsync(35_000);

        Assert.Equal(EndReason.MaxDuration, call.Ending);
        Assert.Equal("I am sorry, our time is up. Goodbye.", call.Turns.Last().Text);
    }

    [Fact]
    public async Task When_the_model_ends_the_call_the_goodbye_is_heard_first()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => [new LanguageModelToken.Text("Goodbye."), new LanguageModelToken.ToolCall("call_1", "end_call", "{}")];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("that is all");
        await call.HearOutAsync();
        await call.SayAsync(500);

        await call.WaitUntilOverAsync(3_000);

        Assert.Equal(EndReason.Assistant, call.Ending);
        Assert.Equal("Goodbye.", call.Turns.Last().Text);
        Assert.Contains(call.Journal, entry => entry.ToolStarted is { Id: "call_1", Name: "end_call" });
        Assert.Contains(call.Journal, entry => entry.ToolFinished is { Id: "call_1", Succeeded: true });
    }

    [Fact]
    public async Task A_model_that_fails_is_apologised_for()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => throw new SpeechProviderException("The model is not there.");
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("hello");
        await call.HearOutAsync();
        await call.SayAsync(500);

        await call.WaitUntilOverAsync(3_000);

        Assert.Equal((EndReason.Error, "The model is not there."), (call.Ending!.Value, call.Failure));
        Assert.Equal("Something is wrong here.", call.Turns.Last().Text);
    }

    [Fact]
    public async Task A_voice_that_fails_ends_the_call()
    {
        var speech = new FakeSpeech();
        speech.Voice.Failure = _ => new SpeechProviderException("The voice is not there.");
        await using var call = await new PaperCall(speech).AnswerAsync();

        await call.WaitUntilOverAsync(1_000);

        Assert.Equal(EndReason.Error, call.Ending);
    }

    [Fact]
    public async Task What_the_model_expects_is_told_to_the_recogniser()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => [new LanguageModelToken.Expecting(RecognitionHint.Digits), new LanguageModelToken.Text("Your number?")];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("monday", "five");
        await call.HearOutAsync();
        await call.SayAsync(500);
        await call.WaitAsync(1_500);

        await call.SayAsync(500);

        Assert.Equal([RecognitionHint.Anything, RecognitionHint.Digits], speech.Ears.Hints);
    }

    [Fact]
    public async Task Values_that_the_assistant_takes_down_are_noted_once()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ =>
        [
            new LanguageModelToken.Collected(new Dictionary<string, string> { ["day"] = "monday" }), new LanguageModelToken.Text("Fine."),
        ];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("monday", "monday");
        await call.HearOutAsync();

        for (var turn = 0; turn < 2; turn++)
        {
            await call.SayAsync(500);
            await call.WaitAsync(2_000);
        }

        var collected = Assert.Single(call.Journal, entry => entry.EntryCase is JournalEntry.EntryOneofCase.Collected).Collected;
        Assert.Equal(("day", "monday"), (collected.Name, collected.Value));
    }

    [Fact]
    public async Task Both_tracks_are_recorded_as_they_were_heard()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "First sentence here. Second sentence here." }).AnswerAsync();
        await call.WaitAsync(300);
        await call.SayAsync(500);
        await call.WaitAsync(3_000);
        call.HangUp();

        Assert.Equal(call.Said, call.TrackOf(Track.Caller));
        Assert.Equal(call.Heard, call.TrackOf(Track.Assistant));
        Assert.Equal(call.Heard.Count, call.Journal[^1].Closed.Samples);
        Assert.Equal(Enumerable.Range(1, call.Journal.Count).Select(number => (long)number), call.Journal.Select(entry => entry.Sequence));
    }
}
