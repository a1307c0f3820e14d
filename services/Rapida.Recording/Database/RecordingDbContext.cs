using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Rapida.Events.Database;
using Rapida.Events.Outbox;
using Rapida.Recording.Conversations;
using Rapida.Recording.Journal;
using Rapida.Recording.Recordings;

namespace Rapida.Recording.Database;

/// <summary>
/// Everything is keyed by (project, conversation) and not by the conversation alone: an id that another project uses is another row.
/// There are no foreign keys, because the first fact about a conversation may be any of them.
/// </summary>
internal sealed class RecordingDbContext(DbContextOptions<RecordingDbContext> options) : DbContext(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<Turn> Turns => Set<Turn>();

    public DbSet<CollectedValue> CollectedValues => Set<CollectedValue>();

    public DbSet<JournalRow> JournalRows => Set<JournalRow>();

    public DbSet<AudioSegment> AudioSegments => Set<AudioSegment>();

    public DbSet<FinishedRecording> Recordings => Set<FinishedRecording>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Conversation>(conversation =>
        {
            conversation.ToTable("conversations");
            conversation.HasKey(row => new { row.ProjectId, row.Id });
            conversation.Property(row => row.TraceParent).HasColumnName("traceparent");
            conversation.HasIndex(row => row.FinaliseAt).HasFilter("finalise_at is not null");
        });
        modelBuilder.Entity<Attempt>(attempt =>
        {
            attempt.ToTable("attempts");
            attempt.HasKey(row => new { row.ProjectId, row.ConversationId, row.Number });
        });
        modelBuilder.Entity<Turn>(turn =>
        {
            turn.ToTable("turns");
            turn.HasKey(row => new { row.ProjectId, row.ConversationId, row.Attempt, row.Index });
            turn.Property(row => row.Waterfall).HasColumnType("json");
        });
        modelBuilder.Entity<CollectedValue>(value =>
        {
            value.ToTable("collected_values");
            value.HasKey(row => new { row.ProjectId, row.ConversationId, row.Name });
        });
        modelBuilder.Entity<JournalRow>(entry =>
        {
            entry.ToTable("journal_rows");
            entry.HasKey(row => new { row.ProjectId, row.ConversationId, row.Attempt, row.Sequence });
            entry.Property(row => row.Body).HasColumnType("json");
        });
        modelBuilder.Entity<AudioSegment>(segment =>
        {
            segment.ToTable("audio_segments");
            segment.HasKey(row => new { row.ProjectId, row.ConversationId, row.Attempt, row.FirstSample, row.Track });
        });
        modelBuilder.Entity<FinishedRecording>(recording =>
        {
            recording.ToTable("recordings");
            recording.HasKey(row => row.Id);
            recording.HasIndex(row => new { row.ProjectId, row.ConversationId }).IsUnique();
        });
        modelBuilder.MapEvents();
        modelBuilder.UseSnakeCaseNames();
    }
}

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<RecordingDbContext>
{
    public RecordingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<RecordingDbContext>().UseNpgsql().Options);
}
