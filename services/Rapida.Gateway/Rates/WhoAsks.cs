using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Gateway.Rates;

/// <summary>Reads off a request what it is counted under: its address, and the key that it shows, whether that is good or not.</summary>
internal sealed class WhoAsks(IOptions<RatesOptions> options)
{
    private const int NetworkBytes = 8; // Of an IPv6 address: the /64.
    private const int DigestBytes = 16;

    public IReadOnlyList<Counted> Of(HttpContext context, bool isWebhook)
    {
        var rates = options.Value;
        var kind = isWebhook ? "webhook" : "api";
        // Twilio can send no header of ours: the key stands in the URL that it was given.
        var key = isWebhook ? context.Request.Query[RequireApiKey.Header].ToString() : context.Request.Headers[RequireApiKey.Header].ToString();
        var address = new Counted(
            "address", $"rate:{kind}:address:{Network(context.Connection.RemoteIpAddress)}", isWebhook ? rates.WebhookAddress : rates.ApiAddress);
        return key.Length == 0
            ? [address]
            : [new("key", $"rate:{kind}:key:{Digest(key)}", isWebhook ? rates.WebhookKey : rates.ApiKey), address];
    }

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, DigestBytes));

    private static string Network(IPAddress? address) => address switch
    {
        null => "none", // Not from a network at all.
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
