using System.Text.RegularExpressions;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// A number's URL as it may be shown: <c>https://voice.example.com/v1/talk/twilio/call/123456789012345?x-api-key=…#rc=3</c>. A number may have
/// had another owner's URL before, so that any value of a query may be a key or a number, and user and password may stand in front.
/// </summary>
internal static partial class MaskedUrl
{
    public static string Of(string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? at : url.Length;
        return Value().Replace(User().Replace(url[..fragment], "$1…@"), "$1…") + url[fragment..];
    }

    [GeneratedRegex(@"^([^/]*//)[^/?]*@")]
    private static partial Regex User();

    // What has no name is all value.
    [GeneratedRegex(@"([?&](?:[^=&]*=)?)[^&]+")]
    private static partial Regex Value();
}
