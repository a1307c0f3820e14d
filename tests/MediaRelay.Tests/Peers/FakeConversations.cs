using System.Collections.Concurrent;
using Grpc.Core;
using Rapida.Conversations.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>What Recording tells of a conversation: one answer after the other, the last one for ever.</summary>
[Callers("media")]
internal sealed class FakeConversations : Conversations.V1.Conversations.ConversationsBase
{
    private readonly ConcurrentQueue<Conversation> _answers = new();

    public ConcurrentQueue<GetConversationRequest> Asked { get; } = new();

    /// <summary>The streams of which everything is there, and what was said in them.</summary>
    public void WillTell(int completeAttempts, params (Speaker Speaker, string Text)[] turns) => _answers.Enqueue(new Conversation
    {
        CompleteAttempts = completeAttempts,
        Turns = { turns.Select((turn, index) => new ConversationTurn { Attempt = 1, Index = index + 1, Speaker = turn.Speaker, Text = turn.Text }) },
    });

    public override Task<Conversation> GetConversation(GetConversationRequest request, ServerCallContext context)
    {
        // The relay warms up.
        if (request.ProjectId != "project")
            throw new RpcException(new Status(StatusCode.NotFound, "nobody's"));
        Asked.Enqueue(request);
        if (!_answers.TryPeek(out var answer))
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        if (_answers.Count > 1)
            _answers.TryDequeue(out _);
        return Task.FromResult(answer);
    }
}
