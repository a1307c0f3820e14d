using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Rapida.Recording.Database;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Conversations;

/// <summary>A project's conversations, the newest first.</summary>
internal sealed class ListConversations(RecordingDbContext db)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 100;

    public static readonly Problem BadSize = new(ProblemKind.Invalid, "page_size_invalid", $"page_size must be 1 to {MaxSize}.");
    public static readonly Problem BadToken = new(
        ProblemKind.Invalid, "page_token_invalid", "page_token must be the next_page_token of the page before.");

    public async Task<Result<ConversationList>> ExecuteAsync(Guid projectId, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        var size = pageSize ?? DefaultSize;
        if (size is < 1 or > MaxSize)
            return BadSize;

        var rows = db.Conversations.AsNoTracking().Where(row => row.ProjectId == projectId);
        if (!string.IsNullOrEmpty(pageToken))
        {
            if (!Guid.TryParse(pageToken, out var last))
                return BadToken;
            rows = rows.Where(row => row.Id < last);
        }

        // Ids are version 7: their order is the order in which the conversations began.
        var found = await rows.OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        var page = found.Take(size).Select(ConversationView.Of).ToList();
        return new ConversationList(page, found.Count > size ? page[^1].Id.ToString() : null);
    }
}

internal sealed record ConversationList(
    [property: Description("Without turns.")] IReadOnlyList<ConversationView> Conversations,
    [property: Description("Null on the last page.")] string? NextPageToken);
