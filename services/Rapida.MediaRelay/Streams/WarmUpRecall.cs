using Grpc.Core;
using Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Streams;

/// <summary>Asks Recording once for a conversation that nobody had: the first caller who comes back waits for no first connection.</summary>
internal sealed class WarmUpRecall(Conversations.V1.Conversations.ConversationsClient recordings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nobody = new GetConversationRequest { ProjectId = Guid.NewGuid().ToString(), Id = Guid.NewGuid().ToString() };
        try
        {
            await recordings.GetConversationAsync(nobody, cancellationToken: stoppingToken);
        }
        catch (RpcException)
        {
            // The expected answer is that there is none; and if Recording is away, the first one waits.
        }
    }
}
