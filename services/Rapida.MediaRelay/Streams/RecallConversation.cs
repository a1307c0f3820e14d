using Grpc.Core;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Streams;

/// <summary>
/// Asks Recording what was said in the streams before this one. It learns that from relays, and may be behind: it is asked again for a moment,
/// and then the conversation goes on with what there is.
/// </summary>
internal sealed class RecallConversation(
    Conversations.V1.Conversations.ConversationsClient recordings, TimeProvider clock, ILogger<RecallConversation> logger)
{
    // The caller hears nothing meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The settings with the conversation so far, if it goes on in this stream.</summary>
    public async Task<CallSettings> ExecuteAsync(ClaimResponse claim, CallSettings settings) => settings.Resumption is { } resumption
        ? settings with { Resumption = resumption with { History = await RecallAsync(claim) } }
        : settings;

    private async Task<IReadOnlyList<ChatMessage>> RecallAsync(ClaimResponse claim)
    {
        var request = new GetConversationRequest { ProjectId = claim.ProjectId, Id = claim.ConversationId };
        using var patience = new CancellationTokenSource(Patience, clock);
        IReadOnlyList<ChatMessage> history = [];
        try
        {
            while (true)
            {
                var conversation = await recordings.GetConversationAsync(request, cancellationToken: patience.Token);
                history = [.. conversation.Turns.Where(turn => turn.Attempt < claim.Attempt).Select(ToMessage)];
                if (conversation.CompleteAttempts >= claim.Attempt - 1)
                    return history;
                await Task.Delay(Pause, clock, patience.Token);
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            logger.RecalledInPart(claim.CallId, claim.Attempt, history.Count, (exception as RpcException)?.StatusCode ?? StatusCode.DeadlineExceeded);
            return history;
        }
    }

    // Keys that the caller pressed are written down as the model is told of them.
    private static ChatMessage ToMessage(ConversationTurn turn) =>
        turn.Speaker is Speaker.Caller ? ChatMessage.FromCaller(turn.Text) : ChatMessage.FromAssistant(turn.Text);
}
