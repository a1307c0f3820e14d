using System.Security.Cryptography;
using System.Text;

namespace Rapida.TwilioEmulator.Accounts;

internal sealed class Account(string sid, string authToken, string friendlyName, string ownerSid, DateTimeOffset createdAt)
{
    private readonly Lock _tokens = new();

    public string Sid => sid;

    public string FriendlyName => friendlyName;

    public string OwnerSid => ownerSid;

    public DateTimeOffset CreatedAt => createdAt;

    public string Uri => $"/2010-04-01/Accounts/{sid}";

    /// <summary>Secrets of the account's API keys, by SID.</summary>
    public IReadOnlyDictionary<string, string> ApiKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>What webhooks are signed with.</summary>
    public string AuthToken { get; private set; } = authToken;

    /// <summary>Opens the REST API beside the first, and signs nothing before it is promoted.</summary>
    public string? SecondaryAuthToken { get; private set; }

    /// <summary>A parent may act on the paths of its subaccounts, never the other way round.</summary>
    public bool MayActOn(Account other) => other.Sid == Sid || other.OwnerSid == Sid;

    public bool HasToken(string token) => Is(token, AuthToken) || (SecondaryAuthToken is { } secondary && Is(token, secondary));

    public bool HasKey(string keySid, string secret) => ApiKeys.TryGetValue(keySid, out var known) && Is(secret, known);

    public string NewSecondaryToken()
    {
        lock (_tokens)
            return SecondaryAuthToken = RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    public void DropSecondaryToken()
    {
        lock (_tokens)
            SecondaryAuthToken = null;
    }

    /// <summary>The second token becomes the first, and the first is forgotten at once. False when there is none.</summary>
    public bool PromoteSecondaryToken()
    {
        lock (_tokens)
        {
            if (SecondaryAuthToken is null)
                return false;

            (AuthToken, SecondaryAuthToken) = (SecondaryAuthToken, null);
            return true;
        }
    }

    private static bool Is(string given, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}
