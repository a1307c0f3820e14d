using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Rapida.ServiceDefaults.Endpoints;

/// <summary>
/// Two endpoints per service: cleartext Kestrel cannot serve HTTP/1.1 and HTTP/2 on one port. <c>http</c> comes in ASPNETCORE_URLS
/// or HTTP_PORTS, <c>grpc</c> in GRPC_PORT.
/// </summary>
internal static class HttpAndGrpc
{
    public static void ListenOnHttpAndGrpc(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<int?>("GRPC_PORT") is not { } grpcPort)
            return; // A service without a gRPC endpoint, or one hosted inside a test.

        // Explicit Listen calls replace the URLs, so both are opened here, and the URLs are taken away.
        var http = HttpAddresses(builder.Configuration).ToList();
        var grpcAddress = GrpcAddress(http);
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var (address, port) in http)
                kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(grpcAddress, grpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        });
    }

    private static IEnumerable<(IPAddress Address, int Port)> HttpAddresses(ConfigurationManager configuration)
    {
        foreach (var url in Split(configuration["ASPNETCORE_URLS"] ?? configuration["URLS"]))
        {
            var address = BindingAddress.Parse(url);
            yield return (AddressOf(address.Host), address.Port);
        }

        foreach (var port in Split(configuration["HTTP_PORTS"]))
            yield return (IPAddress.Any, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
    }

    // In a container (HTTP_PORTS, no URLs) the peers are other hosts; otherwise they are on this machine.
    private static IPAddress GrpcAddress(List<(IPAddress Address, int Port)> http) =>
        http is [var (address, _), ..] ? address : IPAddress.Loopback;

    private static IPAddress AddressOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.TryParse(host, out var address) ? address : IPAddress.Any,
    };

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
