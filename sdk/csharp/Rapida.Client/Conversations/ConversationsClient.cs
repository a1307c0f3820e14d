using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Reads what was said in calls, and what was decided.</summary>
public sealed class ConversationsClient
{
    private readonly Transport _transport;

    internal ConversationsClient(Transport transport) => _transport = transport;

    /// <summary>With its turns. It is written while the call runs.</summary>
    public Task<Conversation> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(id), RapidaJson.Default.Conversation, cancellationToken);

    /// <summary>Newest first, without turns. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<Conversation> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Conversation>> ListPageAsync(
        int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage("/v1/conversations", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.ConversationPage, cancellationToken).ConfigureAwait(false);
        return new(page.Conversations, page.NextPageToken);
    }

    /// <summary>What was decided, and from what. A long call has a lot of it.</summary>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"{PathOf(id)}/journal", RapidaJson.Default.IReadOnlyListJournalEntry, cancellationToken);

    private static string PathOf(string id) => $"/v1/conversations/{Address.Segment(id)}";
}
