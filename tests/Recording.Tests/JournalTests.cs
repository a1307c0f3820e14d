using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Rapida.Conversations.V1;

namespace Recording.Tests;

[Collection(nameof(House))]
public sealed class JournalTests(House house)
{
    [Fact]
    public async Task An_entry_is_acknowledged_as_received_and_then_as_stored()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        JournalEntry[] entries = [phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160)), phone.Collected("day", "Tuesday")];
        await relay.SendAsync(entries);

        var received = await relay.AcknowledgedAsync(entries[^1], ack => ack.ReceivedThrough == 3);
        var stored = await relay.StoredAsync(entries[^1]);

        Assert.False(received.Superseded);
        Assert.Equal((phone.Conversation.ToString(), 1, 3), (stored.ConversationId, stored.Attempt, stored.ReceivedThrough));
        Assert.Equal(1, await AudioRowsAsync(phone));
    }

    [Fact]
    public async Task Entries_that_come_again_change_nothing()
    {
        var phone = new Phone();
        JournalEntry[] entries =
        [
            phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160)), phone.Turn(1, Speaker.Caller, "Hello", 0, 160),
            phone.Collected("day", "Monday"), phone.Collected("day", "Tuesday"), phone.Decided("""{"words":1}"""),
        ];
        using (var relay = house.NewRelay())
        {
            await relay.SendAsync(entries.Concat(entries));
            await relay.StoredAsync(entries[^1]);
        }

        var before = await house.ConversationAsync(phone);
        var altered = entries.Select(entry => entry.Clone()).ToArray();
        altered[1].Audio.Mulaw = Google.Protobuf.ByteString.CopyFrom(new byte[160]);
        altered[2].Turn.Text = "Something else";
        altered[4].Collected.Value = "Friday";
        using (var relay = house.NewRelay())
        {
            await relay.SendAsync(altered);
            Assert.Equal(6, (await relay.StoredAsync(entries[^1])).StoredThrough);
            await relay.CompleteAsync();
        }

        Assert.Equal(before, await house.ConversationAsync(phone));
        Assert.Equal("Tuesday", before.Collected["day"]);
        Assert.Equal(1, await AudioRowsAsync(phone));
    }

    [Fact]
    public async Task An_older_attempt_is_refused_on_every_stream()
    {
        var first = new Phone();
        var second = first.Again(after: TimeSpan.FromSeconds(1));
        using var relay = house.NewRelay();
        using var other = house.NewRelay();
        var (opened, openedAgain) = (first.Opened(), second.Opened());
        await relay.SendAsync(opened);
        await relay.StoredAsync(opened);
        await other.SendAsync(openedAgain);
        await other.StoredAsync(openedAgain);

        // The first relay has its session open: it is refused when the batch is written.
        var late = first.Audio(Track.Caller, 0, Phone.Tone(440, 160));
        await relay.SendAsync(late);
        Assert.Equal(1, (await relay.SupersededAsync(late)).StoredThrough);
        // The other one has not heard of it: it is refused at the door, as on the stream that brought the second attempt.
        await other.SendAsync(late);
        await other.SupersededAsync(late);

        Assert.Equal(0, await AudioRowsAsync(first));
    }

    [Fact]
    public async Task What_came_before_the_next_attempt_on_the_same_stream_is_kept()
    {
        var first = new Phone();
        var second = first.Again(after: TimeSpan.FromSeconds(1));
        using var relay = house.NewRelay();
        var last = first.Audio(Track.Caller, 0, Phone.Tone(440, 160));
        var opened = second.Opened();
        await relay.SendAsync(last, opened, first.Closed(160));

        await relay.StoredAsync(opened);
        await relay.SupersededAsync(last);

        Assert.Equal(1, await AudioRowsAsync(first));
    }

    [Fact]
    public async Task A_gap_holds_the_acknowledgements_until_it_is_filled()
    {
        var phone = new Phone();
        var entries = Enumerable.Range(0, 6).Select(i => phone.Audio(Track.Caller, 160 * i, Phone.Tone(440, 160))).ToArray();
        using var relay = house.NewRelay();
        var marker = new Phone().Opened();
        await relay.SendAsync([.. entries[..2], .. entries[3..], marker]);
        await relay.StoredAsync(marker);

        Assert.Equal((2, 2), (relay.Latest(entries[0]).ReceivedThrough, relay.Latest(entries[0]).StoredThrough));

        await relay.SendAsync(entries[2]);
        await relay.StoredAsync(entries[^1]);
        Assert.Equal(6, await AudioRowsAsync(phone));
    }

    [Fact]
    public async Task A_stream_that_breaks_loses_nothing()
    {
        var phone = new Phone();
        var tone = Phone.Tone(440, 160 * 200);
        JournalEntry[] entries =
        [
            phone.Opened(), .. Enumerable.Range(0, 200).Select(i => phone.Audio(Track.Caller, 160 * i, tone[(160 * i)..(160 * (i + 1))])),
            phone.Closed(tone.Length),
        ];
        long stored;
        using (var killed = house.NewRelay())
        {
            await killed.SendAsync(entries[..50]);
            await killed.StoredAsync(entries[9]);
            await killed.SendAsync(entries[50..120]);
            stored = killed.Latest(entries[0]).StoredThrough;
        }

        using var relay = house.NewRelay();
        await relay.SendAsync(entries[(int)stored..]);
        await relay.StoredAsync(entries[^1]);
        await house.TellAsync(phone.Ended());
        await house.RecordingReadyAsync(phone.Conversation);

        var expected = new short[tone.Length];
        Rapida.Audio.Mulaw.Decode(tone, expected);
        Assert.Equal(expected, Rapida.Audio.Stereo.Channel(house.Wav(phone).Samples.Span, 0));
    }

    [Fact]
    public async Task What_was_received_is_stored_when_the_relay_is_killed()
    {
        var phone = new Phone();
        var entries = Enumerable.Range(0, 20).Select(i => phone.Audio(Track.Caller, 160 * i, Phone.Tone(440, 160))).ToArray();
        using (var killed = house.NewRelay())
        {
            await killed.SendAsync(entries);
            await killed.AcknowledgedAsync(entries[^1], ack => ack.ReceivedThrough == 20);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await AudioRowsAsync(phone) < 20)
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Many_calls_share_a_stream()
    {
        var phones = Enumerable.Range(0, 40).Select(_ => new Phone()).ToList();
        using var relay = house.NewRelay();
        var sent = phones.ConvertAll(phone => phone.Opened());
        await relay.SendAsync(sent);
        for (var i = 0; i < 50; i++)
            foreach (var (index, phone) in phones.Index())
            {
                sent[index] = phone.Audio(Track.Caller, 160 * i, Phone.Tone(440, 160));
                await relay.SendAsync(sent[index]);
            }

        await relay.CompleteAsync();

        Assert.All(sent, entry => Assert.Equal(51, relay.Latest(entry).StoredThrough));
        var ids = phones.ConvertAll(phone => phone.Conversation);
        Assert.Equal(40 * 50, await house.QueryAsync(db => db.AudioSegments.CountAsync(row => ids.Contains(row.ConversationId))));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_right_stops_its_own_conversation_only()
    {
        var (broken, sound) = (new Phone(), new Phone());
        using var relay = house.NewRelay();
        var opened = broken.Opened();
        await relay.SendAsync(opened, broken.Audio(Track.Unspecified, 0, [1]), broken.Audio(Track.Caller, -1, [1]), new JournalEntry());
        var last = sound.Opened();
        await relay.SendAsync(last);
        await relay.StoredAsync(last);

        Assert.Equal(1, (await relay.StoredAsync(opened)).StoredThrough);
        Assert.Equal(0, await AudioRowsAsync(broken));
        Assert.Contains(house.Logs.Lines, line => line.EventId.Id == 4001 && line.Text.Contains(broken.Conversation.ToString()));
    }

    [Fact]
    public async Task Text_with_a_zero_character_is_stored_without_it()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        var last = phone.Decided("\0");
        await relay.SendAsync(phone.Turn(1, Speaker.Caller, "He\0llo", 0, 160), phone.Collected("na\0me", "va\0lue"), last);
        await relay.StoredAsync(last);

        var conversation = await house.ConversationAsync(phone);
        Assert.Equal(("Hello", "value"), (conversation.Turns.Single().Text, conversation.Collected["name"]));
    }

    [Fact]
    public async Task When_the_database_refuses_the_relay_hears_it_and_sends_again()
    {
        var phone = new Phone();
        JournalEntry[] entries = [phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160))];
        await house.QueryAsync(db => db.Database.ExecuteSqlRawAsync("alter table audio_segments rename to audio_segments_away"));
        try
        {
            using var unlucky = house.NewRelay();
            await unlucky.SendAsync(entries);
            var refusal = await Assert.ThrowsAsync<RpcException>(() => unlucky.Listening);
            Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
            // The first may have been stored before the second came.
            Assert.InRange(unlucky.Latest(entries[0]).StoredThrough, 0, entries[^1].Sequence - 1);
        }
        finally
        {
            await house.QueryAsync(db => db.Database.ExecuteSqlRawAsync("alter table audio_segments_away rename to audio_segments"));
        }

        using var relay = house.NewRelay();
        await relay.SendAsync(entries);
        await relay.StoredAsync(entries[^1]);
        Assert.Equal(1, await AudioRowsAsync(phone));
    }

    [Fact]
    public async Task An_instance_that_stops_stores_what_it_has_and_sends_the_relay_elsewhere()
    {
        var phone = new Phone();
        var last = phone.Audio(Track.Caller, 0, Phone.Tone(440, 160));
        await using var other = house.NewService(house.Peers.Address);
        using var relay = new Relay(other.CallAs("media"));
        await relay.SendAsync(last);
        await relay.AcknowledgedAsync(last, _ => true);

        other.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var farewell = await Assert.ThrowsAsync<RpcException>(() => relay.Listening);
        Assert.Equal(StatusCode.Unavailable, farewell.StatusCode);
        Assert.Equal(1, await AudioRowsAsync(phone));
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("vault")]
    public async Task Only_relays_may_write(string service)
    {
        using var intruder = new Relay(house.CallAs(service));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => intruder.Listening);

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }

    [Fact]
    public async Task No_word_that_was_said_reaches_the_log()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        JournalEntry[] entries =
        [
            phone.Opened(), phone.Turn(1, Speaker.Caller, "wanderfalke", 0, 160), phone.Collected("falkenname", "turmfalke"),
            phone.Decided("""{"words":"baumfalke"}"""), phone.Closed(160, "gerfalke"),
        ];
        await relay.SendAsync(entries);
        await relay.SendAsync(new JournalEntry(entries[1]) { ConversationId = "rotfussfalke" });
        await relay.StoredAsync(entries[^1]);
        await house.TellAsync(phone.Ended());
        await house.RecordingReadyAsync(phone.Conversation);

        Assert.DoesNotContain(
            house.Logs.Lines, line => $"{line.Text} {line.Exception}".Contains("falke", StringComparison.OrdinalIgnoreCase));
    }

    private Task<int> AudioRowsAsync(Phone phone) =>
        house.QueryAsync(db => db.AudioSegments.CountAsync(row => row.ConversationId == phone.Conversation));
}
