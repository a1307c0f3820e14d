using System.Security.Cryptography;
using System.Text;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Twilio's identifiers: two letters for the kind, then 32 lower-case hex digits.</summary>
internal static class Sid
{
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The same identifier for the same thing, also after a restart.</summary>
    public static string For(string prefix, string thing) =>
        prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(thing)).AsSpan(0, 16));
}
