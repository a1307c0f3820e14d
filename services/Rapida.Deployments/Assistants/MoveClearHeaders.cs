using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Rapida.Deployments.Assistants;

/// <summary>
/// Older versions of this service kept the headers of tools in clear. Their rows are found at the start, and every ten minutes, because such a service
/// may still run beside this one; the values go to Vault. Row by row: what was interrupted is done again, and Vault stores nothing twice.
/// </summary>
internal sealed class MoveClearHeaders(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MoveClearHeaders> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WithoutVault = TimeSpan.FromSeconds(10);
    private const int BatchSize = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await MoveAsync(stoppingToken) ? Interval : WithoutVault;
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether every row has had its turn.</returns>
    private async Task<bool> MoveAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DeploymentsDbContext>();
            var store = scope.ServiceProvider.GetRequiredService<StoreToolHeaders>();
            var (id, version) = (new AssistantId(0), 0);
            // Not the service's token: a command that is cut off by its end is logged as an error, and each takes a moment only.
            while (!cancellationToken.IsCancellationRequested && await FindAsync(db, id, version) is { Count: > 0 } found)
            {
                foreach (var row in found)
                    count += await MoveAsync(db, store, row) ? 1 : 0;
                (id, version) = (found[^1].AssistantId, found[^1].Version);
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.HeadersNotMoved((exception as RpcException)?.StatusCode.ToString() ?? exception.GetType().Name);
            return false;
        }
        finally
        {
            if (count > 0)
                logger.HeadersMoved(count);
        }
    }

    // Over all projects: nothing of a row leaves it but for its own project.
    private static Task<List<AssistantVersion>> FindAsync(DeploymentsDbContext db, AssistantId afterId, int afterVersion) => db.AssistantVersions
        .FromSql(
            $"""
            select * from assistant_versions
            where jsonb_path_exists(tools, '$[*].headers.*') and (assistant_id, version) > ({afterId.Value}, {afterVersion})
            order by assistant_id, version limit {BatchSize}
            """)
        .AsNoTracking()
        .ToListAsync();

    private async Task<bool> MoveAsync(DeploymentsDbContext db, StoreToolHeaders store, AssistantVersion version)
    {
        var tools = new List<HttpTool>(version.Tools.Count);
        try
        {
            foreach (var tool in version.Tools)
                tools.Add(tool.Headers.Count == 0 ? tool : tool with
                {
                    Headers = new Dictionary<string, string>(),
                    HeaderNames = [.. tool.Headers.Keys],
                    CredentialId = await store.StoreAsync(version.ProjectId, version.AssistantId, tool.Name, tool.Headers, CancellationToken.None),
                });
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument or StatusCode.NotFound)
        {
            logger.HeadersRefused(version.AssistantId, version.Version, exception.StatusCode.ToString());
            return false;
        }

        IReadOnlyList<HttpTool> moved = tools;
        // A version never changes: nobody else has written another thing into it meanwhile.
        await db.AssistantVersions
            .Where(row => row.ProjectId == version.ProjectId && row.AssistantId == version.AssistantId && row.Version == version.Version)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Tools, moved));
        return true;
    }
}
