using Microsoft.EntityFrameworkCore;
using Rapida.Conversations.V1;

namespace Recording.Tests;

[Collection(nameof(House))]
public sealed class EventTests(House house)
{
    // Two halves of the journal, which come in this order, among the two events: 12 ways.
    public static readonly TheoryData<string> Orders = new(
        from order in Permutations("JjAE")
        where order.IndexOf('J') < order.IndexOf('j')
        select order);

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task In_whatever_order_the_facts_come_the_conversation_is_the_same(string order)
    {
        var phone = new Phone();
        var (answeredId, endedId) = (Guid.NewGuid(), Guid.NewGuid());
        using var relay = house.NewRelay();
        JournalEntry[] journal =
        [
            phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160)), phone.Turn(1, Speaker.Caller, "Hello", 0, 160),
            phone.Collected("day", "Tuesday"), phone.Closed(240),
        ];
        // Every fact comes, and then every event comes again: as the same message, and as another one.
        foreach (var fact in order + "AE")
            await (fact switch
            {
                'J' => SendAsync(journal[..2]),
                'j' => SendAsync(journal[2..]),
                'A' => house.TellAsync(phone.Answered(), answeredId),
                _ => house.TellAsync(phone.Ended(), endedId),
            });
        await house.TellAsync(phone.Answered() with { Direction = "outbound" });
        await house.TellAsync(phone.Ended() with { EndedBy = "carrier" });
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        var conversation = await house.ConversationAsync(phone);
        Assert.Equal(
            (phone.Call.ToString(), "123456789012345", 7, "ended", "caller", ready.RecordingId.ToString(), phone.TraceId),
            (conversation.CallId, conversation.AssistantId, conversation.AssistantVersion, conversation.Status, conversation.EndedBy,
                conversation.RecordingId, conversation.TraceId));
        var row = await house.QueryAsync(db => db.Conversations.SingleAsync(row => row.Id == phone.Conversation));
        Assert.Equal(("inbound", phone.Party, "completed", "none"), (row.Direction, row.PartyId, row.Outcome, row.Fault));
        Assert.Equal(Phone.Began, conversation.StartedAt.ToDateTimeOffset());
        Assert.Equal(Phone.Began.AddMinutes(1), conversation.EndedAt.ToDateTimeOffset());
        Assert.Equal(30, ready.DurationMs);
        Assert.Equal("Hello", conversation.Turns.Single().Text);
        Assert.Equal("Tuesday", conversation.Collected["day"]);
        Assert.Single(house.Heard, heard => heard.AggregateId == phone.Conversation);

        async Task SendAsync(JournalEntry[] entries)
        {
            await relay.SendAsync(entries);
            await relay.StoredAsync(entries[^1]);
        }
    }

    [Fact]
    public async Task Another_project_that_uses_the_same_id_has_another_conversation()
    {
        var phone = new Phone();
        var other = new Phone { Conversation = phone.Conversation };
        await house.TellAsync(phone.Answered());
        await house.TellAsync(other.Ended(attempts: 0));

        Assert.Equal("in-progress", (await house.ConversationAsync(phone)).Status);
        Assert.Equal("ended", (await house.ConversationAsync(other)).Status);
    }

    private static IEnumerable<string> Permutations(string items) => items.Length == 0
        ? [""]
        : items.SelectMany(item => Permutations(items.Replace(item.ToString(), "")).Select(rest => item + rest));
}
