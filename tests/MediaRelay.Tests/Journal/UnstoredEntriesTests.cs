using Rapida.Conversations.V1;
using Rapida.MediaRelay.Journal;

namespace Rapida.MediaRelay.Tests.Journal;

public sealed class UnstoredEntriesTests
{
    private readonly UnstoredEntries _entries = new(1_000);

    [Fact]
    public async Task Entries_are_taken_in_order_and_again_after_a_rewind_until_they_are_stored()
    {
        Append("a", 1, 1, 2);
        Append("b", 1, 1);
        Assert.Equal(["a1", "a2", "b1"], await TakeAsync(3));

        _entries.Acknowledge(new JournalAck { ConversationId = "a", Attempt = 1, ReceivedThrough = 2, StoredThrough = 1 });
        _entries.Rewind();

        Assert.Equal(["a2", "b1"], await TakeAsync(2));
    }

    [Fact]
    public async Task A_rewind_goes_back_to_the_oldest_also_when_not_all_were_sent()
    {
        Append("a", 1, 1, 2, 3);
        await TakeAsync(2);

        _entries.Rewind();

        Assert.Equal(["a1", "a2", "a3"], await TakeAsync(3));
    }

    [Fact]
    public async Task What_is_stored_before_it_is_sent_again_is_not_sent()
    {
        Append("a", 1, 1, 2, 3);
        await TakeAsync(3);
        _entries.Rewind();

        _entries.Acknowledge(new JournalAck { ConversationId = "a", Attempt = 1, StoredThrough = 2 });

        Assert.Equal(["a3"], await TakeAsync(1));
    }

    [Fact]
    public void An_attempt_that_is_over_is_forgotten()
    {
        Append("a", 1, 1, 2);
        Append("a", 2, 1);

        _entries.Acknowledge(new JournalAck { ConversationId = "a", Attempt = 1, Superseded = true });
        Assert.False(_entries.IsEmpty);
        _entries.Acknowledge(new JournalAck { ConversationId = "a", Attempt = 2, StoredThrough = 1 });

        Assert.True(_entries.IsEmpty);
    }

    [Fact]
    public async Task Taking_waits_for_an_entry()
    {
        var taking = TakeAsync(1);
        Assert.False(taking.IsCompleted);

        Append("a", 1, 1);

        Assert.Equal(["a1"], await taking);
    }

    [Fact]
    public void When_it_is_full_there_is_no_room_for_audio_until_something_is_stored()
    {
        Assert.True(_entries.HasRoomForAudio);
        for (var sequence = 1; sequence <= 100; sequence++)
            Append("conversation", 1, sequence);
        Assert.False(_entries.HasRoomForAudio);

        _entries.Acknowledge(new JournalAck { ConversationId = "conversation", Attempt = 1, StoredThrough = 99 });

        Assert.True(_entries.HasRoomForAudio);
    }

    private void Append(string conversation, int attempt, params int[] sequences)
    {
        foreach (var sequence in sequences)
            _entries.Append(new JournalEntry { ConversationId = conversation, Attempt = attempt, Sequence = sequence });
    }

    private async Task<List<string>> TakeAsync(int count)
    {
        var taken = new List<string>();
        while (taken.Count < count)
        {
            var entry = await _entries.TakeAsync(CancellationToken.None);
            taken.Add($"{entry.ConversationId}{entry.Sequence}");
        }

        return taken;
    }
}
