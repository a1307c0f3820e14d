using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Running;

internal static class Ports
{
    // Below the range from which systems take the source ports of outgoing connections: nobody gets one of these by chance.
    private const int First = 20_000, Last = 32_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];

    /// <summary>A port on which nobody listens on loopback now, and which was not given before.</summary>
    public static int TakeFree()
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < 1_000; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(First, Last);
                if (IsFree(port, IPAddress.Loopback) && IsFree(port, IPAddress.IPv6Loopback) && Given.Add(port)) return port;
            }
        }

        throw new DistributedApplicationException($"There is no free port between {First} and {Last}.");
    }

    private static bool IsFree(int port, IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6) return true;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressNotAvailable;   // no ::1 on this machine
        }
    }
}
