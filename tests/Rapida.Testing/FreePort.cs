using System.Net;
using System.Net.Sockets;

namespace Rapida.Testing;

/// <summary>A TCP port on loopback that nobody has at the moment.</summary>
public static class FreePort
{
    /// <summary>Another one each time.</summary>
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
