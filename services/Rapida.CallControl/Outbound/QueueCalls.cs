using Npgsql;
using NpgsqlTypes;
using Rapida.CallControl.Calls;

namespace Rapida.CallControl.Outbound;

/// <summary>Writes calls and their places in the queue: all of them or none, in one exchange with PostgreSQL.</summary>
internal sealed class QueueCalls(NpgsqlDataSource database)
{
    // By hand, and not by Entity Framework: that took a third of all the time that it takes to place a call. CallsDbContext has what is left out.
    private const string InsertCall = """
        insert into calls (id, project_id, conversation_id, assistant_id, assistant_version, direction, status, account_sid, credential_id, from_address,
            to_address, party_id, metadata, idempotency_key, request_hash, created_at, attempt, intent, event_sequence)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, $17, 0)
        """;

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
            batch.BatchCommands.Add(new(InsertCall)
            {
                Parameters =
                {
                    Of(call.Id), Of(call.ProjectId), Of(call.ConversationId), Of(call.AssistantId), Of(call.AssistantVersion), Of(call.Direction),
                    Of(call.Status.ToString()), Of(call.AccountSid), Of(call.CredentialId), Of(call.FromAddress), Of(call.ToAddress), Of(call.PartyId),
                    OrNull(call.Metadata, NpgsqlDbType.Jsonb), OrNull(call.IdempotencyKey, NpgsqlDbType.Varchar),
                    OrNull(call.RequestHash, NpgsqlDbType.Bytea), Of(call.CreatedAt), Of(call.Intent.ToString()),
                },
            });
            batch.BatchCommands.Add(new(InsertDial)
            {
                Parameters =
                {
                    Of(dial.CallId), Of(dial.ProjectId), Of(dial.NumberId), Of(dial.LineId), Of(dial.State.ToString()), OrNull(dial.Settings, NpgsqlDbType.Bytea),
                    Of(dial.MachineDetection.ToString()), Of(dial.TimeLimitSeconds), Of(dial.NotBefore),
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

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
