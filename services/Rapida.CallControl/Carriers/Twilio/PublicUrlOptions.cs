using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>How Twilio reaches us. Configured, never taken from a request: its Host header is anybody's.</summary>
public sealed class PublicUrlOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Public";

    /// <summary>The HTTP door, such as https://voice.example.com: scheme and host, no path.</summary>
    [Required(ErrorMessage = "Public:BaseUrl is missing: the address at which Twilio reaches the gateway.")]
    public Uri? BaseUrl { get; set; }

    /// <summary>The relays' address, such as wss://media.example.com. Bound from Media:PublicUrl.</summary>
    [Required(ErrorMessage = "Media:PublicUrl is missing: the address at which Twilio reaches the media relays.")]
    public Uri? MediaUrl { get; set; }

    /// <summary>A URL with the same target as <paramref name="url"/>, byte for byte, at the door that Twilio is told of.</summary>
    internal string AtOurDoor(string url)
    {
        var door = url.StartsWith("ws", StringComparison.OrdinalIgnoreCase) ? MediaUrl! : BaseUrl!;
        return door.GetLeftPart(UriPartial.Authority) + UrlParts.Of(url)?.Target;
    }
}

[OptionsValidator]
internal sealed partial class PublicUrlOptionsValidator : IValidateOptions<PublicUrlOptions>;

/// <summary>The URLs that we hand to Twilio: for a number, and for one call.</summary>
internal sealed class PublicUrls(IOptions<PublicUrlOptions> options)
{
    // Read by Twilio, neither sent nor signed: three more tries on a refused connection, a slow answer or a 5xx, 4 s for each first
    // byte, so that one 502 during a deploy ends no call.
    private const string Retry = "#rc=3&rp=ct,rt,5xx&rt=4000";

    private const string VoicePath = "/v1/talk/twilio/call/";

    /// <summary>Where a number's calls go. The key that stands in it is for Twilio alone.</summary>
    public Uri Voice(string assistantId, Secret webhookKey) =>
        new(options.Value.BaseUrl!, $"{VoicePath}{assistantId}?x-api-key={Uri.EscapeDataString(webhookKey.Reveal())}{Retry}");

    /// <summary>A number's own status callback. It needs no key: the call is found by its CallSid.</summary>
    public Uri NumberEvent(string assistantId) => new(options.Value.BaseUrl!, $"/v1/talk/twilio/event/{assistantId}{Retry}");

    /// <summary>The assistant that a number's voice URL names; null when the URL is not ours.</summary>
    public string? AssistantIn(string? voiceUrl) =>
        Uri.TryCreate(voiceUrl, UriKind.Absolute, out var url)
        && url.GetLeftPart(UriPartial.Authority) == options.Value.BaseUrl!.GetLeftPart(UriPartial.Authority)
        && url.AbsolutePath.StartsWith(VoicePath, StringComparison.Ordinal)
            ? url.AbsolutePath[VoicePath.Length..]
            : null;

    public Uri Next(string contextId) => new(options.Value.BaseUrl!, $"/v1/talk/twilio/ctx/{contextId}/next{Retry}");

    public Uri Event(string contextId) => new(options.Value.BaseUrl!, $"/v1/talk/twilio/ctx/{contextId}/event{Retry}");

    /// <summary>The fleet's address: any relay may claim any context.</summary>
    public Uri Stream(string contextId) => new(options.Value.MediaUrl!, $"/v1/talk/twilio/ctx/{contextId}");
}
