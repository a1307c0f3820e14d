using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Rapida.Calls.V1;
using Rapida.Recording.Database;
using Rapida.Recording.Journal;
using Rapida.Recording.Recordings;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Conversations;

/// <summary>A project's conversation with its turns. One that nobody has told of yet may be known as a call.</summary>
internal sealed class FindConversation(RecordingDbContext db, Calls.V1.Calls.CallsClient calls)
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "conversation_not_found", "There is no such conversation.");
    public static readonly Problem CallsAway = new(
        ProblemKind.Unavailable, "calls_unavailable", "Whether this call exists cannot be told just now. Try again in a moment.");

    public async Task<Result<ConversationView>> ExecuteAsync(Guid projectId, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var conversationId))
            return Unknown;

        var row = await db.Conversations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == conversationId, cancellationToken);
        if (row is null)
            return await AskCallsAsync(projectId, conversationId, cancellationToken);

        // Before the turns: of a stream that is complete here all turns are read after.
        var attempts = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.ProjectId == projectId && attempt.ConversationId == conversationId)
            .ToListAsync(cancellationToken);
        return ConversationView.Of(row) with
        {
            CompleteAttempts = CompleteAttempts(attempts),
            Turns = await TurnsAsync(row, new Timeline(attempts), cancellationToken),
            Collected = await db.CollectedValues
                .Where(value => value.ProjectId == projectId && value.ConversationId == conversationId)
                .ToDictionaryAsync(value => value.Name, value => value.Value, cancellationToken),
        };
    }

    private static int CompleteAttempts(IEnumerable<Attempt> attempts) => attempts
        .OrderBy(attempt => attempt.Number)
        .TakeWhile((attempt, index) => attempt.Number == index + 1 && attempt.StoredThrough >= attempt.ClosedSequence)
        .Count();

    private async Task<IReadOnlyList<TurnView>> TurnsAsync(Conversation conversation, Timeline timeline, CancellationToken cancellationToken)
    {
        var turns = await db.Turns.AsNoTracking()
            .Where(turn => turn.ProjectId == conversation.ProjectId && turn.ConversationId == conversation.Id)
            .OrderBy(turn => turn.Attempt)
            .ThenBy(turn => turn.Index)
            .ToListAsync(cancellationToken);
        return turns.ConvertAll(turn => new TurnView(
            turn.Attempt,
            turn.Index,
            turn.Speaker == Speaker.Caller ? "caller" : "assistant",
            turn.Text,
            Timeline.Milliseconds(timeline.At(turn.Attempt, turn.StartSample)),
            Timeline.Milliseconds(timeline.At(turn.Attempt, turn.EndSample)),
            turn.Interrupted,
            turn.GapMs,
            WaterfallView.Parse(turn.Waterfall)));
    }

    private async Task<Result<ConversationView>> AskCallsAsync(Guid projectId, Guid conversationId, CancellationToken cancellationToken)
    {
        try
        {
            var call = await calls.FindByConversationAsync(
                new() { ProjectId = projectId.ToString(), ConversationId = conversationId.ToString() },
                cancellationToken: cancellationToken);
            return new ConversationView(
                conversationId,
                Guid.TryParse(call.Id, out var callId) ? callId : null,
                call.AssistantId,
                AssistantVersion: null,
                call.Direction == Direction.Inbound ? "inbound" : "outbound",
                ConversationView.Queued,
                Outcome: null,
                EndedBy: null,
                Fault: null,
                StartedAt: null,
                EndedAt: null,
                RecordingId: null,
                TraceId: null,
                Turns: [],
                Collected: new Dictionary<string, string>());
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return Unknown;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return CallsAway;
        }
    }
}
