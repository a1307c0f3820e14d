using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Conversations;

[Callers("calls", "dashboard")]
internal sealed class ConversationsGrpcService(FindConversation find, ListConversations list) : Wire.Conversations.ConversationsBase
{
    [Callers("calls", "dashboard", "media")]
    public override async Task<Wire.Conversation> GetConversation(Wire.GetConversationRequest request, ServerCallContext context)
    {
        var project = ProjectIds.Parse(request.ProjectId).ValueOrThrow();
        return ToWire(project, (await find.ExecuteAsync(project, request.Id, context.CancellationToken)).ValueOrThrow());
    }

    public override async Task<Wire.ListConversationsResponse> ListConversations(
        Wire.ListConversationsRequest request, ServerCallContext context)
    {
        var project = ProjectIds.Parse(request.ProjectId).ValueOrThrow();
        var size = request.PageSize == 0 ? (int?)null : request.PageSize;
        var page = (await list.ExecuteAsync(project, size, request.PageToken, context.CancellationToken)).ValueOrThrow();
        return new()
        {
            Conversations = { page.Conversations.Select(conversation => ToWire(project, conversation)) },
            NextPageToken = page.NextPageToken ?? "",
        };
    }

    private static Wire.Conversation ToWire(Guid project, ConversationView view)
    {
        var conversation = new Wire.Conversation
        {
            ProjectId = project.ToString(),
            Id = view.Id.ToString(),
            CallId = view.CallId?.ToString() ?? "",
            AssistantId = view.AssistantId ?? "",
            AssistantVersion = view.AssistantVersion ?? 0,
            Status = view.Status,
            EndedBy = view.EndedBy ?? "",
            StartedAt = view.StartedAt?.ToTimestamp(),
            EndedAt = view.EndedAt?.ToTimestamp(),
            RecordingId = view.RecordingId?.ToString() ?? "",
            TraceId = view.TraceId ?? "",
            CompleteAttempts = view.CompleteAttempts,
        };
        conversation.Turns.AddRange((view.Turns ?? []).Select(ToWire));
        foreach (var (name, value) in view.Collected ?? new Dictionary<string, string>())
            conversation.Collected[name] = value;
        return conversation;
    }

    private static Wire.ConversationTurn ToWire(TurnView turn) => new()
    {
        Attempt = turn.Attempt,
        Index = turn.Index,
        Speaker = turn.Speaker == "caller" ? Wire.Speaker.Caller : Wire.Speaker.Assistant,
        Text = turn.Text,
        StartMs = turn.StartMs,
        EndMs = turn.EndMs,
        Interrupted = turn.Interrupted,
        GapMs = turn.GapMs,
        Waterfall = turn.Waterfall is { } waterfall ? ToWire(waterfall) : null,
    };

    private static Wire.Waterfall ToWire(WaterfallView view)
    {
        var wire = new Wire.Waterfall();
        if (view.EndOfTurnMs is { } decided)
            wire.EndOfTurnMs = decided;
        if (view.TranscriptMs is { } transcript)
            wire.TranscriptMs = transcript;
        if (view.FirstTokenMs is { } token)
            wire.FirstTokenMs = token;
        if (view.FirstAudioMs is { } audio)
            wire.FirstAudioMs = audio;
        if (view.FirstSentMs is { } sent)
            wire.FirstSentMs = sent;
        if (view.FirstConfirmedMs is { } confirmed)
            wire.FirstConfirmedMs = confirmed;
        return wire;
    }
}
