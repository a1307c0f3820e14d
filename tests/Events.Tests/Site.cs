using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;
using Rapida.Testing;

namespace Events.Tests;

/// <summary>A database, and a virtual host of the broker, for the instances of one test class.</summary>
public sealed class Site : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestBroker _broker = null!;

    internal string Database => _database.ConnectionString;

    internal string Broker => _broker.Uri;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.ClaimAsync();
        _database = await NewDatabaseAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _broker.DisposeAsync();
    }

    internal static async Task<TestDatabase> NewDatabaseAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await using var db = new FactsDbContext(new DbContextOptionsBuilder<FactsDbContext>().UseNpgsql(database.ConnectionString).Options);
        await db.Database.EnsureCreatedAsync();
        await db.Database.ExecuteSqlRawAsync(OutboxTrigger.Create);
        return database;
    }

    internal static CallEnded CallEnded(Guid project, long sequence) => new(
        project, AggregateId: Guid.CreateVersion7(), sequence, OccurredAt: TimeProvider.System.GetUtcNow(),
        ConversationId: Guid.CreateVersion7(), Status: "completed", EndedBy: "caller", Fault: "none", Attempts: 1);
}
