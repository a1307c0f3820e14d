using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Rapida.ServiceDefaults.Access;

namespace Rapida.ServiceDefaults.Endpoints;

/// <summary>
/// Two endpoints per service: cleartext Kestrel cannot serve HTTP/1.1 and HTTP/2 on one port. <c>http</c> comes in ASPNETCORE_URLS
/// or HTTP_PORTS, <c>grpc</c> in GRPC_PORT on the same address.
/// </summary>
internal static class HttpAndGrpc
{
    public static void ListenOnHttpAndGrpc(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<int?>("GRPC_PORT") is not { } grpcPort)
            return; // A service without a gRPC endpoint, or one hosted inside a test.

        // In a container there are ports and no URLs, and the peers are other hosts.
        string[] http = Split(builder.Configuration["URLS"]) is [_, ..] urls
            ? urls
            : [.. Split(builder.Configuration["HTTP_PORTS"]).Select(port => $"http://*:{port}")];
        var host = http is [var first, ..] ? BindingAddress.Parse(first).Host : "localhost";

        builder.WebHost.UseUrls([.. http, string.Create(CultureInfo.InvariantCulture, $"http://{host}:{grpcPort}")]);
        var certificates = PeerCertificates.From(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            var isGrpc = listen.IPEndPoint?.Port == grpcPort;
            listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (isGrpc && certificates is not null)
                listen.UseHttps(certificates.Apply);
        }));
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
