using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Diagnostics;
using Rapida.CallControl.Media;
using Rapida.CallControl.Outbound;
using Rapida.Events.Database;
using Rapida.Events.Outbox;

namespace Rapida.CallControl.Database;

internal sealed class CallsDbContext(DbContextOptions<CallsDbContext> options) : DbContext(options)
{
    public DbSet<Call> Calls => Set<Call>();

    public DbSet<MediaContext> MediaContexts => Set<MediaContext>();

    public DbSet<CallEvent> Events => Set<CallEvent>();

    public DbSet<Dial> Dials => Set<Dial>();

    public DbSet<Diagnostic> Diagnostics => Set<Diagnostic>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>The call, locked until the transaction ends: callbacks, /next and the relay come at the same moment.</summary>
    public async Task<Call> LockCallAsync(Guid callId, CancellationToken cancellationToken) =>
        await Calls.FromSql($"select * from calls where id = {callId} for update").SingleAsync(cancellationToken);

    /// <summary>One at a time, until the transaction ends, for whoever says the same text.</summary>
    public Task LockAsync(string text, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({text}, 0))", cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Call>(call =>
        {
            call.ToTable("calls");
            call.HasIndex(row => row.CallSid).IsUnique();
            call.HasIndex(row => new { row.ProjectId, row.Id });
            call.HasIndex(row => new { row.ProjectId, row.ConversationId }).IsUnique();
            call.HasIndex(row => row.AskTwilioAt).HasFilter("ask_twilio_at is not null");
            call.HasIndex(row => row.AskPriceAt).HasFilter("ask_price_at is not null");
            call.HasIndex(row => new { row.ProjectId, row.IdempotencyKey }).IsUnique().HasFilter("idempotency_key is not null");
            call.Property(row => row.Metadata).HasColumnType("jsonb");
            call.Property(row => row.IdempotencyKey).HasMaxLength(PlaceCallCommand.MaxIdempotencyKey);
            call.Property(row => row.OpeningSignature).HasMaxLength(28);
            call.Property(row => row.OpeningToken).HasMaxLength(64);
            call.Property(row => row.Status).HasConversion<string>().HasMaxLength(16);
            call.Property(row => row.Intent).HasConversion<string>().HasMaxLength(16);
        });
        modelBuilder.Entity<MediaContext>(context =>
        {
            context.ToTable("media_contexts");
            context.HasKey(row => row.Id);
            context.HasIndex(row => row.CallId);
            context.HasIndex(row => row.HoldsNoHeaders).HasFilter("not holds_no_headers");
            context.Property(row => row.HoldsNoHeaders).HasDefaultValue(false);
            context.HasOne<Call>().WithMany().HasForeignKey(row => row.CallId);
        });
        modelBuilder.Entity<CallEvent>(happened =>
        {
            happened.ToTable("call_callbacks");
            happened.HasIndex(row => new { row.CallId, row.Key }).IsUnique();
            happened.Property(row => row.Ordinal).UseIdentityByDefaultColumn();
            happened.HasOne<Call>().WithMany().HasForeignKey(row => row.CallId);
        });
        Dial.Map(modelBuilder);
        modelBuilder.Entity<Diagnostic>(diagnostic =>
        {
            diagnostic.ToTable("diagnostics");
            diagnostic.HasKey(row => new { row.ProjectId, row.Reason, row.Minute });
        });
        modelBuilder.MapEvents();
        modelBuilder.UseSnakeCaseNames();
    }
}
