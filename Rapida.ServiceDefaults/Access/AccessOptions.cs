using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.ServiceDefaults.Access;

/// <summary>Who this service is among its peers, and whom it believes.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>This service's own ES256 key: PKCS#8, base64. Without it the service does not start.</summary>
    [Required(ErrorMessage = "Access:SigningKey is missing: give this service its own ES256 key (PKCS#8, base64).")]
    public string SigningKey { get; set; } = "";

    /// <summary>
    /// The peers' public keys by service name: SubjectPublicKeyInfo, base64. Two with a comma between are both good, so that a peer can change its
    /// key while everything runs. A peer that is not here is refused.
    /// </summary>
    public Dictionary<string, string> PublicKeys { get; } = new(StringComparer.Ordinal);
}

[OptionsValidator]
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
