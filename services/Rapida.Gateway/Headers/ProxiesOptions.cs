using System.Net;
using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Headers;

/// <summary>Who stands before this door.</summary>
internal sealed class ProxiesOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Addresses or networks (<c>10.0.0.7</c>, <c>10.0.0.0/8</c>, <c>fd00::/8</c>) of load balancers that say in <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> who called. Nobody else is believed. Empty: callers come straight to this door.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>An address is a network of one.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address))
            return IPNetwork.TryParse(text, out network);
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}

internal sealed class ProxiesOptionsValidator : IValidateOptions<ProxiesOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxiesOptions options) =>
        options.TrustedProxies.FirstOrDefault(text => !ProxiesOptions.TryParse(text, out _)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Gateway:TrustedProxies has '{wrong}': give an address such as 10.0.0.7, or a network such as 10.0.0.0/8.")
            : ValidateOptionsResult.Success;
}
