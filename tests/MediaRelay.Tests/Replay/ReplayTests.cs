using Rapida.MediaRelay.Replay;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Replay;

public sealed class ReplayTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happened_in_a_call_a_replay_decides_and_hears_the_same(int seed)
    {
        await using var call = await new PaperCall(Talkative(), settings => settings with { Greeting = "Hello, who is it? Tell me, and take your time.", IdleTimeout = TimeSpan.FromSeconds(3) }).AnswerAsync();
        await HappenAsync(call, new Random(seed));
        call.HangUp();

        var attempt = JournalFile.Attempt(call.Journal);
        var replayed = await ReplayCall.RunAsync(attempt);

        Assert.NotEmpty(attempt.Decisions);
        Assert.Equal(attempt.Decisions, replayed.Decisions);
        Assert.Equal(attempt.Turns, replayed.Turns);
        // And whoever asks what had been otherwise with the same settings hears: nothing.
        var (_, after) = await WhatIf.RunAsync(attempt, DecisionSettings.Parse(attempt.SettingsJson, new Dictionary<string, string>()));
        Assert.Equal(attempt.Decisions, after.Decisions);
    }

    [Fact]
    public async Task A_call_over_sockets_and_threads_is_replayed_exactly()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Speech.Mind.Answer = request => [new LanguageModelToken.Text(request.Messages.Count < 3 ? "One two three four five six seven eight nine ten." : "Sorry, go on.")];
        relay.Speech.Ears.WillHear("count to ten", "stop it now");
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(17 * 20);
        await twilio.HearQuietAsync(300);
        twilio.Say([.. Sounds.Voice(600), .. Sounds.Quiet(1_200), .. Sounds.Voice(800)]);
        await twilio.HearQuietAsync(600);
        await twilio.HangUpAsync();
        await twilio.Closed;

        var attempt = JournalFile.Attempt(await relay.Recording.WaitForEndAsync());
        var replayed = await ReplayCall.RunAsync(attempt);

        Assert.Contains(attempt.Decisions, decision => decision.What.StartsWith("interrupted", StringComparison.Ordinal));
        Assert.Equal(attempt.Decisions, replayed.Decisions);
        Assert.Equal(attempt.Turns, replayed.Turns);
    }

    [Fact]
    public async Task With_other_settings_it_tells_what_would_have_been_decided()
    {
        await using var call = await new PaperCall().AnswerAsync();
        call.Speech.Ears.WillHear("it is me");
        await call.HearOutAsync();
        await call.SayAsync(600);
        await call.WaitAsync(2_000);
        call.HangUp();

        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, JournalFile.Of(call.Journal));
        using var output = new StringWriter();
        Assert.Equal(0, await ReplayCommand.RunAsync([file, "TurnTaking:Silence=00:00:01.1"], output));
        File.Delete(file);

        var lines = output.ToString().Split('\n');
        var before = Assert.Single(lines, line => line.StartsWith('-') && line.Contains("end_of_turn", StringComparison.Ordinal));
        var after = Assert.Single(lines, line => line.StartsWith('+') && line.Contains("end_of_turn", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromMilliseconds(400), TimeOf(after) - TimeOf(before));
    }

    [Fact]
    public async Task A_cough_that_was_refused_is_nothing_at_all_when_a_voice_must_be_longer()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "This is a rather long greeting, which takes a good two seconds to say." }).AnswerAsync();
        await call.WaitAsync(600);
        await call.SayAsync(160);
        await call.HearOutAsync();
        call.HangUp();
        var attempt = JournalFile.Attempt(call.Journal);

        var (before, after) = await WhatIf.RunAsync(
            attempt, DecisionSettings.Parse(attempt.SettingsJson, new Dictionary<string, string> { ["TurnTaking:Onset"] = "00:00:00.3" }));

        Assert.Equal("interruption_suspected voiced_ms=80", before.Decisions[0].What);
        Assert.Empty(after.Decisions);
        Assert.Equal(before.Turns, after.Turns);
    }

    [Fact]
    public async Task What_was_cut_off_is_heard_out_when_it_would_not_have_been_interrupted()
    {
        const string Greeting = "This is a rather long greeting, which takes a good two seconds to say.";
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = Greeting }).AnswerAsync();
        call.Speech.Ears.WillHear("stop it");
        await call.WaitAsync(600);
        await call.SayAsync(600);
        await call.WaitAsync(5_000);
        call.HangUp();
        var attempt = JournalFile.Attempt(call.Journal);

        var (before, after) = await WhatIf.RunAsync(
            attempt, DecisionSettings.Parse(attempt.SettingsJson, new Dictionary<string, string> { ["TurnTaking:Interruption"] = "00:00:02" }));

        Assert.Contains(before.Decisions, decision => decision.What.StartsWith("interrupted", StringComparison.Ordinal));
        Assert.DoesNotContain(after.Decisions, decision => decision.What.StartsWith("interrupted", StringComparison.Ordinal));
        Assert.Equal($"assistant: {Greeting}", after.Turns[0].What);
    }

    [Fact]
    public void A_setting_that_does_not_exist_is_refused_with_those_that_do()
    {
        var json = new DecisionSettings().ToJson();

        var refused = Assert.Throws<ArgumentException>(() => DecisionSettings.Parse(json, new Dictionary<string, string> { ["TurnTaking:Quiet"] = "1" }));

        Assert.Contains("There is no setting TurnTaking:Quiet.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("TurnTaking:Silence", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_with_a_gap_is_refused()
    {
        await using var call = await new PaperCall().AnswerAsync();
        await call.HearOutAsync();
        await call.WaitAsync(3_000);
        call.HangUp();
        var second = call.Journal.Where(entry => entry.Inputs is not null).Skip(1).First();
        call.Journal.Remove(second);

        var refused = Assert.Throws<ReplayException>(() => JournalFile.Attempt(call.Journal));

        Assert.Contains("are missing in the journal", refused.Message, StringComparison.Ordinal);
    }

    private static FakeSpeech Talkative()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = request => (request.Messages.Count % 4) switch
        {
            0 => [new LanguageModelToken.Text("I see, and what else, then? You may tell me all of it, one after the other."), new LanguageModelToken.Expecting(RecognitionHint.YesOrNo)],
            1 => [new LanguageModelToken.Text("One two three four five six seven eight nine ten eleven twelve.")],
            2 => [new LanguageModelToken.Text("Let me look. "), new LanguageModelToken.ToolCall($"t{request.Messages.Count}", "nothing_like_it", "{}")],
            _ => [new LanguageModelToken.Collected(new Dictionary<string, string> { ["day"] = "friday" }), new LanguageModelToken.Text("Good.")],
        };
        speech.Ears.WillHear("it is me", "yeah", "stop it now please", "", "i want to", "one two three", "mm-hm", "no", "friday at nine", "");
        return speech;
    }

    private static async Task HappenAsync(PaperCall call, Random random)
    {
        for (var i = 0; i < 25 && call.Ending is null; i++)
        {
            switch (random.Next(5))
            {
                case 0:
                    await call.PressAsync("12#"[..random.Next(1, 4)]);
                    break;
                case 1:
                    await call.WaitAsync(random.Next(20, 4_000));
                    break;
                case 2:
                    await call.SayAsync(random.Next(20, 300));
                    await call.WaitAsync(random.Next(20, 900));
                    break;
                case 3:
                    await call.SayAsync(random.Next(400, 1_500));
                    await call.WaitAsync(random.Next(200, 1_500));
                    break;
                default:
                    await call.HearOutAsync();
                    break;
            }
        }
    }

    // "-  0:03.420  end_of_turn …"
    private static TimeSpan TimeOf(string line) => TimeSpan.ParseExact(line[2..].Trim().Split(' ')[0], @"m\:ss\.fff", null);
}
