using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Rapida.Recording.Conversations;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Recordings;

internal static class RecordingsEndpoints
{
    public static void MapRecordingsEndpoints(this IEndpointRouteBuilder routes)
    {
        var recordings = routes.MapGroup("/v1/recordings").RequireScope(Scopes.ConversationsRead)
            .WithParameter("id", "The recording's id, as its conversation tells it.", ConversationExamples.RecordingId)
            .InSection("Recordings", "The sound of calls, both sides as they were heard.");
        recordings.MapGet("/", ListAsync)
            .Describe("listRecordings", "Lists the project's recordings, the newest first.", "There is one some seconds after each call has ended.")
            .WithPages(ConversationExamples.RecordingId)
            .WithAnswerExample(ListExample)
            .WithProblems(Paging.Invalid);
        recordings.MapGet("/{id}", GetAsync)
            .Describe("getRecording", "Tells about a recording.", "There is one some seconds after the call has ended.")
            .WithAnswerExample(Example)
            .WithProblems(FindRecording.Unknown);
        recordings.MapGet("/{id}/audio", DownloadAsync)
            .Describe(
                "downloadRecording", "Downloads the sound.",
                "A WAV file: PCM 16 bit, 8 kHz, stereo, caller left, assistant right. With a `Range` header a part of it, and then the status is 206.")
            .Produces<Stream>(StatusCodes.Status200OK, "audio/wav")
            .WithProblems(FindRecording.Unknown);
    }

    private static async Task<Results<Ok<RecordingList>, ProblemHttpResult>> ListAsync(
        ApiKeyHolder holder, ListRecordings list, CancellationToken cancellationToken,
        [FromQuery(Name = "page_size")] int? pageSize = null, [FromQuery(Name = "page_token")] string? pageToken = null)
    {
        var result = await list.ExecuteAsync(holder.ProjectId, pageSize, pageToken, cancellationToken);
        return result.TryGet(out var page, out var problem)
            ? TypedResults.Ok(new RecordingList([.. page.Items.Select(RecordingJson.Of)], page.NextToken))
            : problem.ToHttp();
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

    private const string Example = $$"""
        {
          "id": "{{ConversationExamples.RecordingId}}", "conversation_id": "{{ConversationExamples.Id}}", "created_at": "2026-11-25T09:13:32+00:00",
          "duration_ms": 48000, "size_bytes": 1536044, "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
        }
        """;

    private const string ListExample = $$"""{ "recordings": [{{Example}}], "next_page_token": null }""";

    private sealed record RecordingList(
        IReadOnlyList<RecordingJson> Recordings, [property: Description("Null on the last page.")] string? NextPageToken);

    private sealed record RecordingJson(
        Guid Id,
        Guid ConversationId,
        DateTimeOffset CreatedAt,
        long DurationMs,
        [property: Description("Of the WAV file.")] long SizeBytes,
        [property: Description("Names the call in traces, from its webhook to this recording.")] string TraceId)
    {
        public static RecordingJson Of(FinishedRecording recording) => new(
            recording.Id, recording.ConversationId, recording.CreatedAt, recording.DurationMs, recording.SizeBytes, recording.TraceId);
    }
}
