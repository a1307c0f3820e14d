using System.Security.Cryptography;
using System.Text;

namespace CallControl.Tests;

/// <summary>X-Twilio-Signature as Twilio's documentation tells it, written apart from the service's own.</summary>
internal static class TwilioSays
{
    public static string Signature(string authToken, string url, IEnumerable<(string Name, string Value)> form)
    {
        var fields = form.Distinct().ToList();
        fields.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Value, b.Value));
#pragma warning disable CA5350 // Twilio's choice.
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(authToken));
#pragma warning restore CA5350
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(url + string.Concat(fields.Select(field => field.Name + field.Value)))));
    }
}
