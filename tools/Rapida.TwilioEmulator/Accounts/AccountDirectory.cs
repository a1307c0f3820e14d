using Microsoft.Extensions.Options;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>The accounts of the configuration.</summary>
internal sealed class AccountDirectory(IOptions<EmulatorOptions> options, TimeProvider clock)
{
    private readonly Dictionary<string, Account> _accounts = options.Value.Accounts.ToDictionary(
        a => a.Sid,
        a => new Account(a.Sid, a.AuthToken, a.FriendlyName, a.OwnerSid ?? a.Sid, clock.GetUtcNow())
        {
            ApiKeys = a.ApiKeys.ToDictionary(k => k.Sid, k => k.Secret, StringComparer.Ordinal),
        },
        StringComparer.Ordinal);

    public Account this[string sid] => _accounts[sid];

    public Account? Find(string? sid) => sid is null ? null : _accounts.GetValueOrDefault(sid);

    /// <summary>Whose key this is; null: nobody's, or its secret is another.</summary>
    public Account? FindByKey(string sid, string secret) => _accounts.Values.FirstOrDefault(a => a.HasKey(sid, secret));
}
