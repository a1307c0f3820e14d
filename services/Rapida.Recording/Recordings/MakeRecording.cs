using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.Audio;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;
using Rapida.Recording.Journal;

namespace Rapida.Recording.Recordings;

/// <summary>
/// Makes the file of a conversation that is due, and tells of it once. Instances do not disturb each other: the claim pushes the
/// conversation out of their sight for a while, and making a recording twice has the same result.
/// </summary>
internal sealed class MakeRecording(
    RecordingDbContext db, IOptions<RecordingOptions> options, TimeProvider clock, ILogger<MakeRecording> logger)
{
    public const string ActivitySourceName = "Rapida.Recording";

    // A worker that died is replaced after this; the longest call takes a few seconds.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    private static readonly ActivitySource Activities = new(ActivitySourceName);

    /// <summary>Makes one recording. False when none is due.</summary>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } conversation)
            return false;

        ActivityContext.TryParse(conversation.TraceParent, null, isRemote: true, out var webhook);
        using var activity = Activities.StartActivity("make recording", ActivityKind.Internal, webhook);

        var timeline = new Timeline(await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.ProjectId == conversation.ProjectId && attempt.ConversationId == conversation.Id)
            .ToListAsync(cancellationToken));
        var sound = timeline.Length == 0 ? null : await WriteAsync(conversation, timeline, cancellationToken);
        await AnnounceAsync(conversation, sound, webhook, cancellationToken);
        return true;
    }

    private async Task<Conversation?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claimed = await db.Conversations
            .FromSql(
                $"""
                update conversations set finalise_at = {now + Claim}
                where (project_id, id) = (
                  select project_id, id from conversations where finalise_at <= {now}
                  order by finalise_at limit 1 for update skip locked)
                returning *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private async Task<Sound> WriteAsync(Conversation conversation, Timeline timeline, CancellationToken cancellationToken)
    {
        var path = options.Value.PathOf(conversation.ProjectId, conversation.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.CreateVersion7(clock.GetUtcNow()):N}";
        try
        {
            long samples, bytes;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024))
            {
                using (var wav = new WavWriter(file, Timeline.SampleRate, channels: 2, leaveOpen: true))
                {
                    await MixAsync(conversation, timeline, new(wav), cancellationToken);
                    samples = wav.Frames;
                }

                file.Flush(flushToDisk: true);
                bytes = file.Length;
            }

            File.Move(unfinished, path, overwrite: true);
            return new(Timeline.Milliseconds(samples), bytes);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private async Task MixAsync(Conversation conversation, Timeline timeline, StereoMixdown mixdown, CancellationToken cancellationToken)
    {
        var segments = db.AudioSegments.AsNoTracking()
            .Where(segment => segment.ProjectId == conversation.ProjectId && segment.ConversationId == conversation.Id)
            .OrderBy(segment => segment.Attempt)
            .ThenBy(segment => segment.FirstSample);
        await foreach (var segment in segments.AsAsyncEnumerable().WithCancellation(cancellationToken))
            mixdown.Add(segment.Track, timeline.At(segment.Attempt, segment.FirstSample), segment.Mulaw);
        mixdown.Complete(timeline.Length);
    }

    private async Task AnnounceAsync(Conversation claimed, Sound? sound, ActivityContext webhook, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var conversation = await db.Conversations
            .FromSql($"select * from conversations where project_id = {claimed.ProjectId} and id = {claimed.Id} for no key update")
            .SingleAsync(cancellationToken);

        // Anything else is a later fact's: there is more to do.
        if (conversation.FinaliseAt == claimed.FinaliseAt)
            conversation.FinaliseAt = null;
        if (sound is not null)
            await KeepAsync(conversation, sound, webhook, cancellationToken);

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (claimed.RecordingId is null && conversation.RecordingId is { } recordingId)
            logger.RecordingReady(recordingId, conversation.Id);
    }

    private async Task KeepAsync(Conversation conversation, Sound sound, ActivityContext webhook, CancellationToken cancellationToken)
    {
        if (conversation.RecordingId is { } id)
        {
            var known = await db.Recordings.SingleAsync(row => row.ProjectId == conversation.ProjectId && row.Id == id, cancellationToken);
            (known.DurationMs, known.SizeBytes) = (sound.DurationMs, sound.SizeBytes);
            return;
        }

        var now = clock.GetUtcNow();
        var recording = new FinishedRecording
        {
            Id = Guid.CreateVersion7(now),
            ProjectId = conversation.ProjectId,
            ConversationId = conversation.Id,
            CreatedAt = now,
            DurationMs = sound.DurationMs,
            SizeBytes = sound.SizeBytes,
            TraceId = webhook != default ? webhook.TraceId.ToHexString() : "",
        };
        conversation.RecordingId = recording.Id;
        db.Recordings.Add(recording);
        // The only fact that Recording tells about a conversation.
        db.Outbox.Announce(new RecordingReady(
            recording.ProjectId, recording.ConversationId, Sequence: 1, now, recording.Id, recording.DurationMs));
    }

    private sealed record Sound(long DurationMs, long SizeBytes);
}
