using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class CallerInterruptsTests
{
    private const string Long = "This is a rather long greeting, which takes a good two seconds to say.";

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

    [Theory]
    [InlineData("mhm", 240)]
    [InlineData("yeah okay", 600)]
    [InlineData("eight", 240)]
    [InlineData("", 200)]
    [InlineData("", 4_000)]
    public async Task A_cough_an_mm_hm_and_a_noise_do_not_interrupt(string words, int milliseconds)
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Long }).AnswerAsync();
        call.Speech.Ears.WillHear(words);
        await call.WaitAsync(500);

        await call.SayAsync(milliseconds);
        await call.HearOutAsync();
        await call.HearOutAsync();

        Assert.Equal(0, call.Clears);
        Assert.Equal(["interruption_suspected", "interruption_refused"], call.Decisions.Take(2));
        Assert.Equal([Long], call.Turns.Select(turn => turn.Text));
        Assert.Empty(call.Speech.Mind.Requests);
    }

    [Fact]
    public async Task A_voice_makes_the_assistant_hold_its_breath_before_a_word_is_recognised()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Long }).AnswerAsync();
        await call.WaitAsync(500);

        await call.SayAsync(500);

        // 80 ms make a voice, and up to 200 ms are on their way.
        Assert.True(Sounds.IsAudible(call.Heard.Skip(500 * 8).Take(160).ToArray()));
        Assert.False(Sounds.IsAudible(call.Heard.Skip(800 * 8).ToArray()));
        Assert.Equal(0, call.Clears);
    }

    [Fact]
    public async Task After_a_cough_the_sentence_goes_on_from_its_last_quiet_place()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "First part here, the second part comes then." }).AnswerAsync();
        var pauseEnds = FakeVoice.DurationOf("First part here,").TotalMilliseconds + FakeVoice.Comma.TotalMilliseconds;
        await call.WaitAsync((int)pauseEnds + 100);
        await call.SayAsync(160);
        await call.WaitAsync(320);
        var resumed = call.NowMs;
        await call.HearOutAsync();
        call.HangUp();

        // What follows the comma was cut off, and is said again from there.
        var rest = FakeVoice.DurationOf(" the second part comes then.").TotalMilliseconds;
        var heard = call.Heard.Skip(resumed * 8).Chunk(160).Count(frame => Sounds.IsAudible(frame)) * 20;
        Assert.InRange(heard, rest - 40, rest + 40);
        var turn = Assert.Single(call.Turns);
        Assert.Equal((call.Settings.Greeting, false), (turn.Text, turn.Interrupted));
        Assert.Single(call.Speech.Voice.Spoken);
    }

    [Fact]
    public async Task What_was_said_twice_is_recorded_twice_and_counts_once()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "One two three four five six seven eight nine ten." }).AnswerAsync();
        call.Speech.Ears.WillHear("", "stop it please");
        await call.WaitAsync(300);
        await call.SayAsync(160);
        await call.WaitAsync(800);

        await call.SayAsync(600);
        await call.WaitAsync(1_000);
        call.HangUp();

        var cutOff = call.Turns.First(turn => turn.Interrupted);
        // 300 ms, 80 until there is a voice, 200 on their way; again from the beginning for 480, then the same once more.
        Assert.InRange(cutOff.Text.Length * 20, 300, 800);
        Assert.Equal(call.Heard, call.TrackOf(Rapida.Conversations.V1.Track.Assistant));
    }

    [Fact]
    public async Task Words_take_the_floor_even_after_the_voice_was_refused()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Long }).AnswerAsync();
        await call.WaitAsync(300);
        await call.SayAsync(1_300);
        Assert.Equal("interruption_refused", call.Decisions.Last());

        call.Speech.Ears.WillHear("wait a moment");
        await call.SayAsync(200);

        Assert.Equal("interrupted", call.Decisions.Last());
        Assert.Equal(1, call.Clears);
    }

    [Fact]
    public async Task Our_own_words_come_back_and_neither_interrupt_nor_become_the_callers()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Long }).AnswerAsync();
        call.Speech.Ears.WillHear("rather long greeting");
        await call.WaitAsync(800);

        await call.SayAsync(500);
        await call.HearOutAsync();
        await call.HearOutAsync();

        Assert.Equal(0, call.Clears);
        Assert.Contains("own_words", call.Decisions);
        Assert.Equal([Long], call.Turns.Select(turn => turn.Text));
    }

    [Theory]
    [InlineData("friday at nine", "So that is Friday, at nine fifteen", true)]
    [InlineData("nine friday", "So that is Friday, at nine fifteen", false)]
    [InlineData("friday", "So that is Friday, at nine fifteen", false)]
    [InlineData("no saturday", "So that is Friday, at nine fifteen", false)]
    [InlineData("", "", false)]
    public void Words_of_ours_are_known_in_their_order(string words, string heard, bool areOurs) => Assert.Equal(areOurs, OwnWords.Are(words, heard));

    [Fact]
    public async Task Yes_is_an_answer_to_a_question_that_was_heard()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "Shall we? You may say yes or no, or press one or two." }).AnswerAsync();
        call.Speech.Ears.WillHear("yes");
        await call.WaitAsync(600);

        await call.SayAsync(400);
        await call.WaitAsync(1_000);

        Assert.Equal("yes", Assert.Single(call.Speech.Mind.Requests).Messages[^1].Text);
    }

    [Fact]
    public async Task Who_may_not_be_interrupted_is_not()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Long, GreetingInterruptible = false }).AnswerAsync();
        call.Speech.Ears.WillHear("stop it now");
        await call.WaitAsync(300);

        await call.SayAsync(1_000);

        Assert.Equal(0, call.Clears);
        Assert.DoesNotContain("interruption_suspected", call.Decisions);
        Assert.True(Sounds.IsAudible(call.Heard.TakeLast(160).ToArray()));
    }

    [Fact]
    public void Words_are_believed_when_there_is_enough_voice()
    {
        var interrupts = new CallerInterrupts(new TurnTakingOptions());
        var turn = new AssistantTurn(0);
        var utterance = new Utterance(1, 0) { Voiced = 640, VoicedUntil = 640 };

        Assert.Equal(Interruption.Suspected, interrupts.Judge(utterance, turn, "stop", 640));
        Assert.Equal(Interruption.None, interrupts.Judge(utterance, turn, "stop", 800));
        utterance.Voiced = 2_400;
        Assert.Equal(Interruption.Confirmed, interrupts.Judge(utterance, turn, "stop", 2_400));
        Assert.Equal(Interruption.None, interrupts.Judge(utterance, turn, "stop that", 2_560));
    }
}
