using System.Net;
using System.Net.Sockets;

namespace Rapida.Testing;

/// <summary>A TCP port on loopback that nobody has at the moment.</summary>
public static class FreePort
{
    // Below those that Linux gives to outgoing connections: one of them could take the port before it is listened on.
    private const int First = 10_000;
    private const int End = 32_000;

    /// <summary>Another one each time.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
