using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Calls;

/// <summary>What calls need that no database holds.</summary>
public sealed class CallsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Calls";

    /// <summary>Key of the HMAC that turns a number into a party's id: base64, 32 bytes. It never rotates, or histories come apart.</summary>
    [Required(ErrorMessage = "Calls:PartyIndexKey is missing: 32 random bytes in base64.")]
    [Base64String]
    public string PartyIndexKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class CallsOptionsValidator : IValidateOptions<CallsOptions>;
