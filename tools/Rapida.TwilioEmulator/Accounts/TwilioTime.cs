using System.Globalization;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>The two ways in which Twilio writes a moment.</summary>
internal static class TwilioTime
{
    /// <summary>REST resources and call callbacks: <c>Tue, 31 Aug 2010 20:36:28 +0000</c>.</summary>
    public static string Rfc2822(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Stream callbacks: <c>2024-11-29T00:09:39.602648368Z</c>. The last two digits are finer than .NET's clock.</summary>
    public static string Nanoseconds(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
