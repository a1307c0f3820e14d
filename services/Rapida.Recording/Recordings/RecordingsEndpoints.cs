using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Recordings;

internal static class RecordingsEndpoints
{
    public static void MapRecordingsEndpoints(this IEndpointRouteBuilder routes)
    {
        var recordings = routes.MapGroup("/v1/recordings").WithTags("Recordings").RequireScope("conversations:read");
        recordings.MapGet("/{id}", GetAsync).WithSummary("Tells about a recording.");
        recordings.MapGet("/{id}/audio", DownloadAsync)
            .WithSummary("The sound: a WAV file, PCM 16 bit, 8 kHz, stereo, caller left, assistant right. Ranges may be asked for.");
    }

    private static async Task<Results<Ok<RecordingJson>, ProblemHttpResult>> GetAsync(
        string id, ApiKeyHolder holder, FindRecording find, CancellationToken cancellationToken)
    {
        var result = await find.ExecuteAsync(holder.ProjectId, id, cancellationToken);
        return result.TryGet(out var recording, out var problem) ? TypedResults.Ok(RecordingJson.Of(recording)) : problem.ToHttp();
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> DownloadAsync(
        string id, ApiKeyHolder holder, FindRecording find, IOptions<RecordingOptions> options, CancellationToken cancellationToken)
    {
        var result = await find.ExecuteAsync(holder.ProjectId, id, cancellationToken);
        if (!result.TryGet(out var recording, out var problem))
            return problem.ToHttp();

        return TypedResults.PhysicalFile(
            options.Value.PathOf(recording.ProjectId, recording.ConversationId),
            "audio/wav",
            $"{recording.Id}.wav",
            enableRangeProcessing: true);
    }

    private sealed record RecordingJson(
        Guid Id, Guid ConversationId, DateTimeOffset CreatedAt, long DurationMs, long SizeBytes, string TraceId)
    {
        public static RecordingJson Of(FinishedRecording recording) => new(
            recording.Id, recording.ConversationId, recording.CreatedAt, recording.DurationMs, recording.SizeBytes, recording.TraceId);
    }
}
