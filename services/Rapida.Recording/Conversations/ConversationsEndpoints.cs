using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rapida.Recording.Journal;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Conversations;

internal static class ConversationsEndpoints
{
    public static void MapConversationsEndpoints(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/v1/conversations").WithTags("Conversations").RequireScope("conversations:read");
        conversations.MapGet("/", ListAsync).WithSummary("Lists conversations without their turns, the newest first.");
        conversations.MapGet("/{id}", GetAsync).WithSummary("A conversation with its turns and the values that were collected.");
        conversations.MapGet("/{id}/journal", GetJournalAsync).WithSummary("What was decided in a conversation, and from what: for replay.");
    }

    private static async Task<Results<Ok<ListConversations.Page>, ProblemHttpResult>> ListAsync(
        ApiKeyHolder holder, ListConversations list, CancellationToken cancellationToken,
        [FromQuery(Name = "page_size")] int? pageSize = null, [FromQuery(Name = "page_token")] string? pageToken = null)
    {
        var result = await list.ExecuteAsync(holder.ProjectId, pageSize, pageToken, cancellationToken);
        return result.TryGet(out var page, out var problem) ? TypedResults.Ok(page) : problem.ToHttp();
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> GetAsync(
        string id, ApiKeyHolder holder, FindConversation find, CancellationToken cancellationToken)
    {
        var result = await find.ExecuteAsync(holder.ProjectId, id, cancellationToken);
        return result.TryGet(out var conversation, out var problem) ? TypedResults.Ok(conversation) : problem.ToHttp();
    }

    private static async Task<Results<Ok<IAsyncEnumerable<JournalEntryView>>, ProblemHttpResult>> GetJournalAsync(
        string id, ApiKeyHolder holder, FindConversation find, ReadJournal read, CancellationToken cancellationToken)
    {
        var result = await find.ExecuteAsync(holder.ProjectId, id, cancellationToken);
        return result.TryGet(out var conversation, out var problem)
            ? TypedResults.Ok(read.ExecuteAsync(new(holder.ProjectId, conversation.Id)))
            : problem.ToHttp();
    }
}
