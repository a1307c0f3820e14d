using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Streams;

public sealed class StreamTests
{
    [Fact]
    public async Task A_relay_that_is_full_refuses_the_next_stream()
    {
        await using var relay = await RelayUnderTest.StartAsync(("MediaRelay:MaxStreams", "1"));
        await using var first = await relay.CallAsync();
        await first.HearAsync(20);

        Assert.Equal(503, await FakeTwilio.RefusedWithAsync(relay.Address, RelayUnderTest.NewContext()));

        Assert.Single(relay.Calls.Authorised);
        await first.HangUpAsync();
        await first.Closed;
    }

    [Fact]
    public async Task A_forged_context_is_refused_without_asking_anyone()
    {
        await using var relay = await RelayUnderTest.StartAsync();

        Assert.Equal(403, await FakeTwilio.RefusedWithAsync(relay.Address, new string('A', 32)));

        Assert.Empty(relay.Calls.Authorised);
    }

    [Fact]
    public async Task A_stream_that_Twilio_did_not_sign_is_refused()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Calls.IsAuthorised = false;
        var context = RelayUnderTest.NewContext();

        Assert.Equal(403, await FakeTwilio.RefusedWithAsync(relay.Address, context));

        var asked = Assert.Single(relay.Calls.Authorised);
        Assert.Equal(
            (context, $"wss://media.example.com/v1/talk/twilio/ctx/{context}", FakeTwilio.Signature), (asked.ContextId, asked.Url, asked.Signature));
    }

    [Fact]
    public async Task A_request_that_is_no_websocket_is_told_so()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Address };

        var answer = await http.GetAsync(new Uri($"/v1/talk/twilio/ctx/{RelayUnderTest.NewContext()}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("websocket_expected", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_does_not_start_is_closed()
    {
        await using var relay = await RelayUnderTest.StartAsync(("MediaRelay:StartTimeout", "00:00:00.3"));
        await using var twilio = await new FakeTwilio().ConnectAsync(relay.Address, RelayUnderTest.NewContext());

        await twilio.Closed;

        Assert.Empty(relay.Calls.Claimed);
    }

    [Fact]
    public async Task A_stream_whose_claim_is_refused_is_closed()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        await using var twilio = await new FakeTwilio().ConnectAsync(relay.Address, RelayUnderTest.NewContext());
        await twilio.StartAsync(ticket: "forged");

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await twilio.Closed);

        Assert.Empty(relay.Recording.Entries);
    }

    [Fact]
    public async Task A_call_is_greeted_answered_recorded_and_left_when_the_assistant_has_said_goodbye()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Rapida.MediaRelay",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Speech.Ears.WillHear("goodbye");
        relay.Speech.Mind.Answer = _ => [new LanguageModelToken.Text("Goodbye then."), new LanguageModelToken.ToolCall("1", "end_call", "{}")];
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(21 * 20);
        await twilio.HearQuietAsync(300);

        twilio.Say(Sounds.Voice(500));

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await twilio.Closed);
        Assert.Equal((21 + 13) * 20, FakeTwilio.AudibleFrames(twilio.Heard) * 20);
        var left = Assert.Single(relay.Calls.Left);
        Assert.Equal((LeaveIntent.Hangup, "assistant", 1, "project"), (left.Intent, left.Reason, left.Attempt, left.ProjectId));
        var claimed = Assert.Single(relay.Calls.Claimed);
        Assert.Equal(("AC1", FakeTwilio.StreamSid, FakeTwilio.CallSid, "project"), (claimed.AccountSid, claimed.StreamSid, claimed.CallSid, claimed.ProjectId));

        var journal = await relay.Recording.WaitForEndAsync();
        Assert.Equal(FakeCallControl.Traceparent, journal[0].Opened.Traceparent);
        Assert.Equal(
            ["Hello Ann, who is it?", "goodbye", "Goodbye then."],
            journal.Where(entry => entry.Turn is not null).Select(entry => entry.Turn.Text));
        Assert.Equal("assistant", journal[^1].Closed.Reason);
        AssertRecorded(journal, twilio);
        Assert.Contains(spans, span => span.ParentId == FakeCallControl.Traceparent);
    }

    [Fact]
    public async Task The_caller_interrupts_and_what_was_taken_back_is_neither_heard_nor_recorded()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Calls.Settings.Experience.Greeting = new string('a', 150) + ".";
        relay.Speech.Ears.WillHear("stop");
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(500);

        twilio.Say(Sounds.Voice(500));
        await twilio.HearQuietAsync(300);

        Assert.Equal(1, twilio.Clears);
        Assert.InRange(FakeTwilio.AudibleFrames(twilio.Heard) * 20, 500, 2_500);
        await twilio.HearAsync((FakeTwilio.AudibleFrames(twilio.Heard) * 20) + (6 * 20));
        await twilio.HangUpAsync();
        AssertRecorded(await relay.Recording.WaitForEndAsync(), twilio);
    }

    [Fact]
    public async Task Messages_that_cannot_be_read_are_survived()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        await using var twilio = await relay.CallAsync();

        await twilio.SendAsync("not json");
        await twilio.SendAsync("""{"event":"weather"}""");
        await twilio.SendAsync("""{"event":"media","media":{"payload":"%%%"}}""");
        await twilio.SendAsync("binary", WebSocketMessageType.Binary);
        await twilio.SendAsync("\"" + new string('x', 200_000) + "\"");
        await twilio.HearAsync(21 * 20);
        await twilio.HangUpAsync();

        var journal = await relay.Recording.WaitForEndAsync();
        Assert.Equal("caller", journal[^1].Closed.Reason);
        Assert.Equal(["Hello Ann, who is it?"], journal.Where(entry => entry.Turn is not null).Select(entry => entry.Turn.Text));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_not_left()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(200);

        await twilio.HangUpAsync();

        var journal = await relay.Recording.WaitForEndAsync();
        Assert.Equal("caller", journal[^1].Closed.Reason);
        Assert.Empty(relay.Calls.Left);
        Assert.True(journal.Single(entry => entry.Turn is not null).Turn.Interrupted);
    }

    [Fact]
    public async Task A_stream_without_frames_is_lost()
    {
        await using var relay = await RelayUnderTest.StartAsync(("MediaRelay:LostAfter", "00:00:03"));
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(200);

        await twilio.StopFramesAsync();

        var journal = await relay.Recording.WaitForEndAsync();
        Assert.Equal("lost", journal[^1].Closed.Reason);
        Assert.Empty(relay.Calls.Left);
    }

    [Fact]
    public async Task What_Recording_has_not_stored_is_sent_again_after_the_stream_broke()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Recording.IsStoring = false;
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(300);
        var lost = relay.Recording.Entries.Count;
        Assert.True(lost > 0);

        relay.Recording.IsStoring = true;
        relay.Recording.Break();
        await twilio.HearQuietAsync(300);
        await twilio.HangUpAsync();

        var journal = await relay.Recording.WaitForEndAsync();
        var again = journal.Skip(journal.Select((entry, index) => (entry, index)).Last(e => e.entry.Sequence == 1).index).ToList();
        Assert.Equal(Enumerable.Range(1, again.Count).Select(number => (long)number), again.Select(entry => entry.Sequence));
        AssertRecorded(again, twilio);
    }

    [Fact]
    public async Task A_relay_that_stops_hands_its_calls_over()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(200);

        await relay.StopAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await twilio.Closed);
        Assert.Equal(LeaveIntent.Handover, Assert.Single(relay.Calls.Left).Intent);
        Assert.Equal("handover", (await relay.Recording.WaitForEndAsync())[^1].Closed.Reason);
    }

    [Theory]
    [InlineData("Media:PublicUrl", "")]
    [InlineData("Media:PublicUrl", "https://media.example.com")]
    [InlineData("Media:ContextKey", "not base64 but long enough")]
    [InlineData("MediaRelay:MaxStreams", "0")]
    [InlineData("TurnTaking:Silence", "00:01:00")]
    public async Task A_relay_with_a_wrong_setting_does_not_start(string key, string value)
    {
        Exception? failure;
        do
            failure = await Record.ExceptionAsync(() => RelayUnderTest.StartAsync((key, value)));
        while (failure is ObjectDisposedException); // The host was gone before the factory looked at it: that tells nothing of why.

        Assert.IsType<OptionsValidationException>(failure);
    }

    /// <summary>
    /// Both tracks hold what was said and heard, and speech begins and ends at its place to within one frame. On a machine that stalls, what lies
    /// between two marks may be out of place; the tests in virtual time are exact.
    /// </summary>
    private static void AssertRecorded(IReadOnlyList<JournalEntry> journal, FakeTwilio twilio)
    {
        var samples = (int)journal[^1].Closed.Samples;
        Assert.Equal(twilio.Said[..samples], TrackOf(journal, Track.Caller, samples));

        var heard = twilio.Heard[..samples].Chunk(160).ToList();
        var recorded = TrackOf(journal, Track.Assistant, samples).Chunk(160).ToList();
        Assert.InRange(recorded.FindIndex(IsAudible), heard.FindIndex(IsAudible) - 1, heard.FindIndex(IsAudible) + 1);
        Assert.InRange(recorded.FindLastIndex(IsAudible), heard.FindLastIndex(IsAudible) - 1, heard.FindLastIndex(IsAudible) + 1);
        Assert.InRange(Enumerable.Range(-1, 3).Min(shift => Differences(heard, recorded, shift)), 0, 10);
    }

    private static bool IsAudible(byte[] frame) => Sounds.IsAudible(frame);

    private static int Differences(List<byte[]> heard, List<byte[]> recorded, int shift) =>
        Enumerable.Range(1, heard.Count - 2).Count(i => !heard[i].SequenceEqual(recorded[i - shift]));

    private static byte[] TrackOf(IReadOnlyList<JournalEntry> journal, Track track, int samples)
    {
        var whole = new byte[samples];
        Array.Fill(whole, (byte)0xFF);
        foreach (var segment in journal.Where(entry => entry.Audio?.Track == track).Select(entry => entry.Audio))
            segment.Mulaw.CopyTo(whole, (int)segment.FirstSample);
        return whole;
    }
}
