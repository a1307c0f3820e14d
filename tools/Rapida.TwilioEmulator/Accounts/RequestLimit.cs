using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Counts the REST requests of each account that are being served, and refuses those beyond the limit.</summary>
internal sealed class RequestLimit(IOptions<EmulatorOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _served = new(StringComparer.Ordinal);

    /// <summary>Null: there are too many already. Otherwise how many there are, with this one.</summary>
    public int? TryEnter(Account account)
    {
        var served = _served.AddOrUpdate(account.Sid, 1, (_, count) => count + 1);
        if (served <= (options.Value.ConcurrentRequests ?? int.MaxValue))
            return served;
        Leave(account);
        return null;
    }

    public void Leave(Account account) => _served.AddOrUpdate(account.Sid, 0, (_, count) => count - 1);
}
