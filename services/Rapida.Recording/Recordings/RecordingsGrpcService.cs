using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Rapida.Recording.Conversations;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Wire = Rapida.Recordings.V1;

namespace Rapida.Recording.Recordings;

[Callers("calls", "dashboard")]
internal sealed class RecordingsGrpcService(FindRecording find, IOptions<RecordingOptions> options) : Wire.Recordings.RecordingsBase
{
    private const int ChunkSize = 64 * 1024;

    public override async Task<Wire.Recording> GetRecording(Wire.GetRecordingRequest request, ServerCallContext context)
    {
        var recording = await FindAsync(request, context);
        return new()
        {
            ProjectId = recording.ProjectId.ToString(),
            Id = recording.Id.ToString(),
            ConversationId = recording.ConversationId.ToString(),
            CreatedAt = recording.CreatedAt.ToTimestamp(),
            DurationMs = recording.DurationMs,
            SizeBytes = recording.SizeBytes,
            TraceId = recording.TraceId,
        };
    }

    public override async Task Download(
        Wire.GetRecordingRequest request, IServerStreamWriter<Wire.RecordingChunk> responseStream, ServerCallContext context)
    {
        var recording = await FindAsync(request, context);
        await using var file = File.OpenRead(options.Value.PathOf(recording.ProjectId, recording.ConversationId));
        var buffer = new byte[ChunkSize];
        while (await file.ReadAsync(buffer, context.CancellationToken) is > 0 and var length)
            await responseStream.WriteAsync(new() { Data = ByteString.CopyFrom(buffer, 0, length) }, context.CancellationToken);
    }

    private async Task<FinishedRecording> FindAsync(Wire.GetRecordingRequest request, ServerCallContext context)
    {
        var project = ProjectIds.Parse(request.ProjectId).ValueOrThrow();
        return (await find.ExecuteAsync(project, request.Id, context.CancellationToken)).ValueOrThrow();
    }
}
