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
    public async Task The_caller_interrupts_and_history_holds_what_was_heard()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = request => [new LanguageModelToken.Text(request.Messages.Count < 3 ? "One two three four five six seven eight nine ten." : "Sorry.")];
        await using var call = await new PaperCall(speech).AnswerAsync();
        speech.Ears.WillHear("count to ten", "stop it");
        await call.HearOutAsync();
        await call.SayAsync(600);
        await call.WaitAsync(1_000);

        await call.SayAsync(600);
        var afterInterruption = call.NowMs;
        await call.WaitAsync(700);

        Assert.Equal(1, call.Clears);
        var cutOff = call.Turns.Single(turn => turn.Interrupted);
        Assert.StartsWith("One two", cutOff.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ten", cutOff.Text, StringComparison.Ordinal);
        Assert.False(Sounds.IsAudible(call.Heard.Skip((afterInterruption - 100) * 8).Take(100 * 8).ToArray()), "Nothing of the old turn is heard any more.");

        await call.WaitAsync(1_000);
        Assert.Equal(
            ["Hello, who is it?", "count to ten", cutOff.Text, "stop it"],
            speech.Mind.Requests.Last().Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_short_sound_does_not_interrupt()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "This is a rather long greeting, which takes two seconds." }).AnswerAsync();
        call.Speech.Ears.WillHear("mhm");
        await call.WaitAsync(200);

        await call.SayAsync(160);
        await call.HearOutAsync();

        Assert.Equal(0, call.Clears);
        Assert.Contains("backchannel", call.Decisions);
        Assert.Equal(["This is a rather long greeting, which takes two seconds."], call.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public async Task A_greeting_that_may_not_be_interrupted_is_heard_out_and_then_the_caller_is_answered()
    {
        await using var call = await new PaperCall(settings: settings => settings with
        {
            Greeting = "This call is recorded, please hear this to its end, it is the law.",
            GreetingInterruptible = false,
        }).AnswerAsync();
        call.Speech.Ears.WillHear("i want to book");

        await call.SayAsync(500);
        await call.HearOutAsync();
        await call.HearOutAsync();

        Assert.Equal(0, call.Clears);
        Assert.Equal("I see.", call.Turns.Last().Text);
        Assert.Equal(
            [ChatMessage.FromAssistant(call.Settings.Greeting), ChatMessage.FromCaller("i want to book")],
            Assert.Single(call.Speech.Mind.Requests).Messages);
    }

    [Fact]
    public async Task After_a_noise_that_cut_it_off_the_assistant_goes_on()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "First sentence here. Second sentence here." }).AnswerAsync();
        await call.WaitAsync(200);

        await call.SayAsync(400);
        await call.WaitAsync(800);
        await call.HearOutAsync();

        Assert.Equal(["First sentence here.", "Second sentence here.", "Second sentence here."], call.Speech.Voice.Spoken);
        Assert.Equal("Second sentence here.", call.Turns.Last().Text);
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
    public async Task A_silent_caller_is_asked_and_then_given_up()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 2 }).AnswerAsync();

        await call.WaitUntilOverAsync(60_000);

        Assert.Equal(EndReason.Idle, call.Ending);
        Assert.Equal(["Hello, who is it?", "Are you there?", "Are you there?"], call.Turns.Select(turn => turn.Text));
        Assert.InRange(call.NowMs, 45_000, 47_500);
    }

    [Fact]
    public async Task Without_retries_a_silent_caller_is_given_up_at_once()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 0 }).AnswerAsync();

        await call.WaitUntilOverAsync(17_000);

        Assert.Equal(EndReason.Idle, call.Ending);
        Assert.Equal(["Hello, who is it?"], call.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public async Task Words_start_the_count_again_and_noise_does_not()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 1 }).AnswerAsync();
        await call.WaitAsync(18_000);
        call.Speech.Ears.WillHear("yes");
        await call.SayAsync(400);
        await call.WaitAsync(5_000);
        await call.SayAsync(400);

        await call.WaitUntilOverAsync(40_000);

        Assert.Equal(["Hello, who is it?", "Are you there?", "yes", "I see.", "Are you there?"], call.Turns.Select(turn => turn.Text));
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
    public async Task Keys_stop_the_assistant_and_are_its_next_input()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "Please key in your number, and then the pound key." }).AnswerAsync();
        await call.WaitAsync(300);

        await call.PressAsync("5551234#");
        await call.WaitAsync(400);

        Assert.Equal(1, call.Clears);
        Assert.Equal(ChatMessage.FromKeypad("5551234#"), Assert.Single(call.Speech.Mind.Requests).Messages[^1]);
    }

    [Fact]
    public async Task Keys_without_a_pound_key_are_complete_after_two_seconds()
    {
        await using var call = await new PaperCall().AnswerAsync();
        await call.HearOutAsync();

        await call.PressAsync("1", 1_900);
        Assert.Empty(call.Speech.Mind.Requests);
        await call.WaitAsync(200);

        Assert.Equal(ChatMessage.FromKeypad("1"), Assert.Single(call.Speech.Mind.Requests).Messages[^1]);
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

        Assert.Equal(EndReason.Error, call.Ending);
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

        Assert.Equal(call.Said, TrackOf(call, Track.Caller));
        Assert.Equal(call.Heard, TrackOf(call, Track.Assistant));
        Assert.Equal(call.Heard.Count, call.Journal[^1].Closed.Samples);
        Assert.Equal(Enumerable.Range(1, call.Journal.Count).Select(number => (long)number), call.Journal.Select(entry => entry.Sequence));
    }

    private static byte[] TrackOf(PaperCall call, Track track)
    {
        var whole = new byte[call.Heard.Count];
        Array.Fill(whole, (byte)0xFF);
        foreach (var segment in call.Journal.Where(entry => entry.Audio?.Track == track).Select(entry => entry.Audio))
            segment.Mulaw.CopyTo(whole, (int)segment.FirstSample);
        return whole;
    }
}
