using System.Net;
using System.Net.Sockets;

namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>Which addresses are on the public Internet. Everything else may be a machine of ours, whatever name leads to it.</summary>
public static class PublicAddresses
{
    // IANA's registries of special-purpose addresses (RFC 6890), and what clouds tell their machines about themselves.
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. Networks(
            "0.0.0.0/8", // this network, unspecified
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private: RFC 1918
            "100.64.0.0/10", // carrier-grade NAT: RFC 6598; Alibaba's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's wire server, in the middle of public space
            "169.254.0.0/16", // link-local: RFC 3927; metadata of nearly every cloud
            "192.0.0.0/24", // protocol assignments; Oracle's metadata
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation: RFC 5737
            "192.88.99.0/24", // 6to4 relays, withdrawn: RFC 7526
            "198.18.0.0/15", // benchmarks: RFC 2544
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"), // reserved, broadcast
    ];

    // Of IPv6 only global unicast has a chance: not ::, ::1, mapped or translated IPv4, unique-local, link-local, multicast.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 =
    [
        .. Networks(
            "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", "3fff::/20", // documentation: RFC 3849, RFC 9637
            "2002::/16"), // 6to4: any IPv4 address in disguise
    ];

    /// <summary>Whether <paramref name="address"/> is on the public Internet.</summary>
    public static bool Contain(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !NotPublic4.Any(network => network.Contains(address)),
        // IPNetwork.Contains looks at the IPv4 part of a mapped address alone, and finds ::ffff:10.0.0.1 in 2000::/3.
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => false,
        AddressFamily.InterNetworkV6 => Global6.Contains(address) && !NotPublic6.Any(network => network.Contains(address)),
        _ => false,
    };

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(network => IPNetwork.Parse(network));
}
