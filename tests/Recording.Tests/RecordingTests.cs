using Microsoft.EntityFrameworkCore;
using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Recording.Recordings;

namespace Recording.Tests;

[Collection(nameof(House))]
public sealed class RecordingTests(House house)
{
    [Fact]
    public async Task Two_tracks_come_out_side_by_side_to_the_sample()
    {
        var phone = new Phone();
        var (caller, assistant) = (Phone.Tone(440, 4_000), Phone.Tone(1_000, 3_000));
        using var relay = house.NewRelay();
        JournalEntry[] entries =
        [
            phone.Opened(),
            phone.Audio(Track.Caller, 0, caller[..1_600]),
            phone.Audio(Track.Assistant, 1_234, assistant[..1_600]),
            phone.Audio(Track.Caller, 1_600, caller[1_600..]),
            phone.Audio(Track.Assistant, 2_834, assistant[1_600..]),
            phone.Turn(1, Speaker.Assistant, "Good morning", 1_234, 4_234, gap: 0),
            phone.Closed(6_000),
        ];
        await relay.SendAsync(entries);
        await relay.StoredAsync(entries[^1]);
        await house.TellAsync(phone.Ended());
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        var wav = house.Wav(phone);
        Assert.Equal((8_000, 2, 12_000), (wav.SampleRate, wav.Channels, wav.Samples.Length));
        Assert.Equal(Expected(6_000, (0, caller)), Stereo.Channel(wav.Samples.Span, 0));
        Assert.Equal(Expected(6_000, (1_234, assistant)), Stereo.Channel(wav.Samples.Span, 1));
        Assert.Equal(750, ready.DurationMs);
        var conversation = await house.ConversationAsync(phone);
        Assert.Equal(ready.RecordingId.ToString(), conversation.RecordingId);
        Assert.Equal("ended", conversation.Status);
        Assert.Equal((154, 529), (conversation.Turns.Single().StartMs, conversation.Turns.Single().EndMs));
    }

    [Fact]
    public async Task Attempts_follow_each_other_by_the_clock()
    {
        var first = new Phone();
        var second = first.Again(after: TimeSpan.FromMilliseconds(500));
        var third = second.Again(after: TimeSpan.FromMilliseconds(510));
        var tone = Phone.Tone(440, 800);
        using var relay = house.NewRelay();
        await relay.SendAsync(first.Opened(), first.Audio(Track.Caller, 0, tone), first.Closed(1_000, "lost"));
        await relay.SendAsync(
            second.Opened(), second.Audio(Track.Assistant, 100, tone), second.Turn(1, Speaker.Assistant, "Here I am again", 100, 900));
        // Its clock is behind: the second attempt's 900 samples reach to 612 ms.
        await relay.SendAsync(third.Opened(), third.Audio(Track.Caller, 0, tone));
        await relay.SendAsync(third.Closed(800));
        await house.TellAsync(third.Ended());
        var ready = await house.RecordingReadyAsync(first.Conversation);

        var wav = house.Wav(first);
        Assert.Equal(Expected(5_700, (0, tone), (4_900, tone)), Stereo.Channel(wav.Samples.Span, 0));
        Assert.Equal(Expected(5_700, (4_100, tone)), Stereo.Channel(wav.Samples.Span, 1));
        Assert.Equal(712, ready.DurationMs);
        var turn = (await house.ConversationAsync(first)).Turns.Single();
        Assert.Equal((2, 512, 612), (turn.Attempt, turn.StartMs, turn.EndMs));
    }

    [Fact]
    public async Task The_recording_carries_the_trace_that_began_with_the_webhook()
    {
        var phone = new Phone();
        using var spans = new SpanEars("Rapida.Recording");
        using var relay = house.NewRelay();
        await relay.SendAsync(phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160)), phone.Closed(160));
        await house.TellAsync(phone.Ended());
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        var recording = await house.Recordings.GetRecordingAsync(
            new() { ProjectId = phone.Project.ToString(), Id = ready.RecordingId.ToString() });
        Assert.Equal(phone.TraceId, recording.TraceId);
        Assert.Equal(phone.TraceId, (await house.ConversationAsync(phone)).TraceId);
        Assert.Contains(
            spans.Ended, span => span.TraceId.ToHexString() == phone.TraceId && span.ParentSpanId.ToHexString() == "00f067aa0ba902b7");
    }

    [Fact]
    public async Task What_comes_after_the_recording_was_made_is_added_to_it()
    {
        var phone = new Phone();
        var tone = Phone.Tone(440, 800);
        using var relay = house.NewRelay();
        await relay.SendAsync(phone.Opened(), phone.Audio(Track.Caller, 0, tone), phone.Closed(800));
        await house.TellAsync(phone.Ended());
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        var late = phone.Audio(Track.Assistant, 800, tone);
        await relay.SendAsync(late);
        await relay.StoredAsync(late);
        using var scope = house.Services.CreateScope();
        var make = scope.ServiceProvider.GetRequiredService<MakeRecording>();
        while (await house.QueryAsync(db => db.Conversations.AnyAsync(row => row.Id == phone.Conversation && row.FinaliseAt != null)))
            await make.ExecuteAsync(CancellationToken.None);

        Assert.Equal(Expected(1_600, (800, tone)), Stereo.Channel(house.Wav(phone).Samples.Span, 1));
        var recording = await house.QueryAsync(db => db.Recordings.SingleAsync(row => row.ConversationId == phone.Conversation));
        Assert.Equal((ready.RecordingId, 200), (recording.Id, recording.DurationMs));
        Assert.Equal(new FileInfo(house.WavPath(phone)).Length, recording.SizeBytes);
        Assert.Single(house.Heard, heard => heard.AggregateId == phone.Conversation);
    }

    [Fact]
    public async Task Two_instances_make_a_recording_once()
    {
        await using var other = house.NewService(house.Peers.Address);
        var phones = Enumerable.Range(0, 8).Select(_ => new Phone()).ToList();
        using var relay = house.NewRelay();
        foreach (var phone in phones)
        {
            await relay.SendAsync(phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 8_000)), phone.Closed(8_000));
            await house.PublishAsync(phone.Ended(), Guid.NewGuid());
        }

        await Task.WhenAll(phones.Select(phone => house.RecordingReadyAsync(phone.Conversation)));

        Assert.All(phones, phone => Assert.Single(house.Heard, heard => heard.AggregateId == phone.Conversation));
        Assert.All(phones, phone => Assert.Equal(8_000, house.Wav(phone).Samples.Length / 2));
    }

    [Fact]
    public async Task A_call_that_nobody_answered_has_no_recording()
    {
        var phone = new Phone();
        await house.TellAsync(phone.Ended(attempts: 0) with { Status = "no-answer", EndedBy = "carrier" });

        var conversation = await house.ConversationAsync(phone);

        Assert.Equal(("ended", "carrier", ""), (conversation.Status, conversation.EndedBy, conversation.RecordingId));
        Assert.Null(conversation.StartedAt);
    }

    private static short[] Expected(int length, params (int At, byte[] Mulaw)[] pieces)
    {
        var samples = new short[length];
        foreach (var (at, mulaw) in pieces)
            Mulaw.Decode(mulaw, samples.AsSpan(at));
        return samples;
    }
}
