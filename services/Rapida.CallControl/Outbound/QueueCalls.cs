using Npgsql;
using NpgsqlTypes;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;

namespace Rapida.CallControl.Outbound;

/// <summary>Writes calls and their places in the queue: all of them or none, in one exchange with PostgreSQL.</summary>
internal sealed class QueueCalls(NpgsqlDataSource database)
{
    private const string InsertDial = """
        insert into dials (call_id, project_id, number_id, line_id, state, settings, machine_detection, time_limit_seconds, not_before, tries)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
        """;

    /// <returns>False: one of the calls' Idempotency-Keys is taken, and none was written.</returns>
    public async Task<bool> TryAsync(IReadOnlyCollection<(Call Call, Dial Dial)> queued, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        foreach (var (call, dial) in queued)
        {
            batch.BatchCommands.Add(CallRow.Insert(call));
            batch.BatchCommands.Add(new(InsertDial)
            {
                Parameters =
                {
                    CallRow.Of(dial.CallId), CallRow.Of(dial.ProjectId), CallRow.Of(dial.NumberId), CallRow.Of(dial.LineId),
                    CallRow.Of(dial.State.ToString()), CallRow.OrNull(dial.Settings, NpgsqlDbType.Bytea), CallRow.Of(dial.MachineDetection.ToString()),
                    CallRow.Of(dial.TimeLimitSeconds), CallRow.Of(dial.NotBefore),
                },
            });
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }
}
