using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CallControl.Tests;

/// <summary>Every query of the service's DbContext.</summary>
internal sealed class Commands : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _all = new();

    public int CountOf(string table) => _all.Count(command => command.Contains(table, StringComparison.Ordinal));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _all.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
