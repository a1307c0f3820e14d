using Microsoft.EntityFrameworkCore;
using Rapida.Events.Database;
using Rapida.Events.Outbox;

namespace Events.Tests;

/// <summary>The database of a service that only counts.</summary>
internal sealed class FactsDbContext(DbContextOptions<FactsDbContext> options) : DbContext(options)
{
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<CountedCall> CountedCalls => Set<CountedCall>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CountedCall>().ToTable("counted_calls");
        modelBuilder.MapEvents();
        modelBuilder.UseSnakeCaseNames();
    }
}

/// <summary>A row for every time that an event counted; its key is its own, so that twice would be seen.</summary>
internal sealed class CountedCall
{
    public long Id { get; init; }

    public Guid ProjectId { get; init; }

    public long Sequence { get; init; }
}
