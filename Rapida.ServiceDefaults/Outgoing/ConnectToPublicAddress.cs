using System.Net;
using System.Net.Sockets;

namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>
/// Resolves a name and connects to what it has looked at, at every connection: a name that resolves differently the second time, and a redirect, gain
/// nothing.
/// </summary>
/// <param name="resolve">A name's addresses.</param>
/// <param name="allowsLoopback">This machine may be reached.</param>
public sealed class ConnectToPublicAddress(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool allowsLoopback)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">One of the name's addresses is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(IsAllowed))
            throw new AddressRefusedException("The address is not on the public Internet.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => PublicAddresses.Contain(address) || (allowsLoopback && IPAddress.IsLoopback(address));
}
