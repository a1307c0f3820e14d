using System.Net;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Rapida.ServiceDefaults.Outgoing;

namespace ServiceDefaults.Tests;

public sealed class PublicAddressesTests
{
    private static readonly string[] Refused =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ];

    public static TheoryData<string> Ranges => [.. Refused];

    [Theory]
    [MemberData(nameof(Ranges))]
    public void No_address_of_a_range_that_is_not_public_is_taken_for_public(string range)
    {
        var network = IPNetwork.Parse(range);
        Prop.ForAll(
            Bytes(network.BaseAddress.GetAddressBytes().Length),
            host => !PublicAddresses.Contain(Within(network, host))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void The_addresses_beside_a_range_are_public_unless_they_are_in_another(string range)
    {
        var network = IPNetwork.Parse(range);
        var length = network.BaseAddress.GetAddressBytes().Length;
        var first = new BigInteger(network.BaseAddress.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
        var size = BigInteger.One << (length * 8 - network.PrefixLength);

        Assert.All(
            new[] { first - 1, first + size }
                .Where(number => number >= 0 && number < BigInteger.One << (length * 8))
                .Select(number => Address(number, length)),
            beside => Assert.Equal(!Refused.Any(other => IPNetwork.Parse(other).Contains(beside)), PublicAddresses.Contain(beside)));
    }

    [Fact]
    public void Every_other_address_is_public_and_none_is_that_hides_an_IPv4_address() => Prop.ForAll(Bytes(4), bytes =>
    {
        var address = new IPAddress(bytes);
        return PublicAddresses.Contain(address) == !Refused.Any(range => IPNetwork.Parse(range).Contains(address))
            && !PublicAddresses.Contain(address.MapToIPv6())
            && !PublicAddresses.Contain(new IPAddress([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. bytes]))
            && !PublicAddresses.Contain(new IPAddress([0x20, 0x02, .. bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("168.63.129.16")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1%1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void What_clouds_and_machines_tell_only_themselves_is_not_public(string address) =>
        Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700:4700::1111")]
    public void A_server_on_the_Internet_is_public(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    private static Arbitrary<byte[]> Bytes(int length) => Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), length).ToArbitrary();

    private static IPAddress Within(IPNetwork network, byte[] host)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(host[bit / 8] & (0x80 >> (bit % 8)));
        return new IPAddress(bytes);
    }

    private static IPAddress Address(BigInteger number, int length)
    {
        var bytes = new byte[length];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, length - digits.Length);
        return new IPAddress(bytes);
    }
}
