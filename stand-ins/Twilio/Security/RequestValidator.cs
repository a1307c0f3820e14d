using System.Collections.Specialized;

namespace Twilio.Security;

/// <summary>Checks webhook signatures. Not in this stand-in, and not used: the official one refuses repeated form keys, which the
/// scheme allows.</summary>
public class RequestValidator
{
    public RequestValidator(string secret) => throw Missing();

    public bool Validate(string url, NameValueCollection parameters, string expected) => throw Missing();

    public bool Validate(string url, IDictionary<string, string> parameters, string expected) => throw Missing();

    public bool Validate(string url, string body, string expected) => throw Missing();

    public static bool ValidateBody(string rawBody, string expected) => throw Missing();

    private static NotSupportedException Missing() => new("This stand-in for Twilio checks no signatures.");
}
