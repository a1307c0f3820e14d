using Grpc.Core;
using Npgsql;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Wire = Rapida.Conversations.V1;

namespace Rapida.Recording.Journal;

[Callers("media")]
internal sealed class JournalGrpcService(
    JournalStream stream, IHostApplicationLifetime lifetime, ILogger<JournalGrpcService> logger) : Wire.Journal.JournalBase
{
    private static readonly Problem Restarting = new(
        ProblemKind.Unavailable, "restarting", "This instance is stopping. Go on with another one.");
    private static readonly Problem CannotStore = new(
        ProblemKind.Unavailable, "cannot_store", "The entries could not be stored. Send them again.");

    public override async Task Append(
        IAsyncStreamReader<Wire.JournalEntry> requestStream, IServerStreamWriter<Wire.JournalAck> responseStream, ServerCallContext context)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await stream.RunAsync(requestStream, responseStream, stopping.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            logger.EntriesNotStored(exception.GetType().Name);
            throw new ProblemException(CannotStore);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw new ProblemException(Restarting);
    }
}
