using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rapida.Recording.Journal;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Conversations;

internal static class ConversationsEndpoints
{
    public static void MapConversationsEndpoints(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/v1/conversations").RequireScope(Scopes.ConversationsRead)
            .WithParameter("id", "The conversation's id, as a call tells it.", ConversationExamples.Id)
            .InSection("Conversations", "What was said and collected in calls, and what was decided.");
        conversations.MapGet("/", ListAsync)
            .Describe("listConversations", "Lists conversations without their turns, the newest first.", "Ask for one to read what was said.")
            .WithPages(ConversationExamples.Id)
            .WithAnswerExample(ConversationExamples.List)
            .WithProblems(ListConversations.BadSize, ListConversations.BadToken);
        conversations.MapGet("/{id}", GetAsync)
            .Describe(
                "getConversation", "Shows a conversation with its turns and the values that were collected.",
                "It is written while the call runs: what was said a moment ago is there. Of an assistant that was interrupted there is what the caller heard.")
            .WithAnswerExample(ConversationExamples.Shown)
            .WithProblems(FindConversation.Unknown, FindConversation.CallsAway);
        conversations.MapGet("/{id}/journal", GetJournalAsync)
            .Describe(
                "getConversationJournal", "Shows what was decided in a conversation, and from what.",
                "Enough to decide the call again (replay). It is read as it is sent: a long call has a lot of it.")
            .WithAnswerExample(ConversationExamples.Journal)
            .WithProblems(FindConversation.Unknown, FindConversation.CallsAway);
    }

    private static async Task<Results<Ok<ConversationList>, ProblemHttpResult>> ListAsync(
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
