using Npgsql;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.CallControl.Media;

namespace Rapida.CallControl.Inbound;

/// <summary>
/// Writes a call that comes in, and the media context that carries it, in one exchange with PostgreSQL. The same webhook, retried while the first is
/// still under way, waits here for the first one's rows.
/// </summary>
internal sealed class WriteInboundCall(NpgsqlDataSource database)
{
    // No context for a call that was there already.
    private const string InsertContext = """
        insert into media_contexts (id, project_id, call_id, settings, holds_no_headers, twiml, attempt, created_at, trace_parent)
        select $1, $2, $3, $4, $5, $6, 0, $7, $8 where exists (select from calls where id = $3)
        """;

    public async Task<bool> IsKnownAsync(string callSid, CancellationToken cancellationToken)
    {
        await using var question = database.CreateCommand("select exists (select from calls where call_sid = $1)");
        question.Parameters.Add(CallRow.Of(callSid));
        return (bool)(await question.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <param name="call">The call.</param>
    /// <param name="context">Null: the call could not be held.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False: a call of this CallSid is known, and nothing was written.</returns>
    public async Task<bool> TryAsync(Call call, MediaContext? context, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await TryAsync(connection, call, context, cancellationToken);
    }

    /// <summary>The same, on a connection that may be in a transaction.</summary>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, Call call, MediaContext? context, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        var inserted = CallRow.Insert(call);
        batch.BatchCommands.Add(inserted);
        if (context is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertContext)
            {
                Parameters =
                {
                    CallRow.Of(context.Id), CallRow.Of(context.ProjectId), CallRow.Of(context.CallId), CallRow.Of(context.Settings),
                    CallRow.Of(context.HoldsNoHeaders), CallRow.Of(context.Twiml), CallRow.Of(context.CreatedAt), CallRow.OrNull(context.TraceParent),
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return inserted.RecordsAffected == 1;
    }
}
