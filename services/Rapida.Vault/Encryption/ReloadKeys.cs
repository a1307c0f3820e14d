using Microsoft.Extensions.Primitives;

namespace Rapida.Vault.Encryption;

/// <summary>Takes up keys that were changed in a mounted folder, while everything runs.</summary>
internal sealed class ReloadKeys(IConfiguration configuration, IEnumerable<KeySet> sets, ILogger<ReloadKeys> logger) : IHostedService, IDisposable
{
    private IDisposable? _watching;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _watching?.Dispose();

    private void Reload()
    {
        foreach (var set in sets)
        {
            try
            {
                if (set.Reload())
                    logger.KeyActivated(set.Name, set.Active.Id);
            }
            catch (InvalidOperationException exception)
            {
                // Files come one after another: what names a key may be there before the key is.
                logger.KeysNotTakenUp(exception.Message);
            }
        }
    }
}
