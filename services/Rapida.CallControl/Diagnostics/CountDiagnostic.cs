using Npgsql;

namespace Rapida.CallControl.Diagnostics;

/// <summary>Counts a reason: one row per project, reason and minute, so that a flood costs one row.</summary>
internal sealed class CountDiagnostic(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The project of everything that cannot be laid at a tenant's door.</summary>
    public static readonly Guid Operator = Guid.Empty;

    public async Task ExecuteAsync(Guid projectId, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        await using var count = database.CreateCommand("""
            insert into diagnostics (project_id, reason, minute, count) values ($1, $2, $3, 1)
            on conflict (project_id, reason, minute) do update set count = diagnostics.count + 1
            """);
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = projectId });
        count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        count.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = minute });
        await count.ExecuteNonQueryAsync(cancellationToken);
    }
}
