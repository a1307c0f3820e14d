using System.Security.Cryptography;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Twilio's identifiers: two letters for the kind, then 32 lower-case hex digits.</summary>
internal static class Sid
{
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
