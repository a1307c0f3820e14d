using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Rapida.Testing;

/// <summary>Every command that a DbContext sends, as it begins and as it ends: <c>options.AddInterceptors(commands)</c>.</summary>
public sealed class SqlCommands : DbCommandInterceptor
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where <see cref="Since"/> and <see cref="SeenAsync"/> may begin.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _lines.Count;
        }
    }

    /// <summary>Lines such as <c>begins SELECT …</c> and <c>ends SELECT …</c>.</summary>
    public IReadOnlyList<string> Since(int mark)
    {
        lock (_lock)
            return _lines[mark..];
    }

    /// <summary>Waits for a line that holds this text, such as <c>begins insert into leases</c>.</summary>
    public async Task SeenAsync(int mark, string text)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_lines[mark..].Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase)))
                    return;
                more = _more.Task;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add("begins ", command);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Add("ends ", command);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add("begins ", command);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Add("ends ", command);
        return ValueTask.FromResult(result);
    }

    private void Add(string prefix, DbCommand command)
    {
        lock (_lock)
        {
            _lines.Add(prefix + command.CommandText);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
