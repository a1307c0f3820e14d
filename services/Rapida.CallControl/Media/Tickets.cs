using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Media;

/// <summary>The keys of media contexts.</summary>
public sealed class MediaContextOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Media";

    /// <summary>Key of the MAC in a context's id, shared with the relays: base64, 32 bytes.</summary>
    [Required(ErrorMessage = "Media:ContextKey is missing: 32 random bytes in base64, the same for CallControl and the relays.")]
    [Base64String]
    public string ContextKey { get; set; } = "";

    /// <summary>Key of the tickets, CallControl's alone: base64, 32 bytes.</summary>
    [Required(ErrorMessage = "Media:TicketKey is missing: 32 random bytes in base64.")]
    [Base64String]
    public string TicketKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class MediaContextOptionsValidator : IValidateOptions<MediaContextOptions>;

/// <summary>
/// The ticket binds a socket to a call: Twilio carries it from our TwiML to the stream's <c>start</c>. HMAC-SHA-256 of the context's id.
/// </summary>
internal sealed class Tickets(IOptions<MediaContextOptions> options)
{
    /// <summary>How long after the answer a ticket is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly byte[] _key = Convert.FromBase64String(options.Value.TicketKey);

    public string For(string contextId) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(contextId)));

    public bool IsFor(string contextId, string ticket) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(For(contextId)), Encoding.ASCII.GetBytes(ticket));
}
