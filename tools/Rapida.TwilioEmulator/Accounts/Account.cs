using System.Security.Cryptography;
using System.Text;

namespace Rapida.TwilioEmulator.Accounts;

internal sealed record Account(string Sid, string AuthToken, string FriendlyName, string OwnerSid, DateTimeOffset CreatedAt)
{
    public string Uri => $"/2010-04-01/Accounts/{Sid}";

    /// <summary>A parent may act on the paths of its subaccounts, never the other way round.</summary>
    public bool MayActOn(Account other) => other.Sid == Sid || other.OwnerSid == Sid;

    public bool HasToken(string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(AuthToken));
}
