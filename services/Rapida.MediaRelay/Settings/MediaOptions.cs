using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.MediaRelay.Settings;

/// <summary>What the fleet of relays shares with CallControl.</summary>
internal sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>
    /// Where Twilio reaches the relays, for example <c>wss://media.example.com</c>. Upgrades are signed over this and the raw path, never over a
    /// header that the other side can choose.
    /// </summary>
    [Required(ErrorMessage = "Media:PublicUrl is missing: give the wss:// address under which Twilio reaches the relays.")]
    [RegularExpression("^wss?://[^/?#]+/?$", ErrorMessage = "Media:PublicUrl must be ws:// or wss:// and a host, without a path.")]
    public string PublicUrl { get; set; } = "";

    /// <summary>Base64 of the key that context ids are made with.</summary>
    [Required(ErrorMessage = "Media:ContextKey is missing: give the base64 key that CallControl makes context ids with.")]
    [Base64String(ErrorMessage = "Media:ContextKey is not base64.")]
    [MinLength(24, ErrorMessage = "Media:ContextKey is too short: at least 16 bytes.")]
    public string ContextKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
