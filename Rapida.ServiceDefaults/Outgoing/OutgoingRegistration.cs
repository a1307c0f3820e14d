using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>Requests to addresses that a tenant has chosen: tools, webhooks, downloads.</summary>
public static class OutgoingRegistration
{
    /// <summary>
    /// A client that reaches the public Internet and nothing else, over https. It takes no proxy, keeps no cookie, unpacks nothing, and tells
    /// neither a log nor a span where it goes. Responses are read with <see cref="BoundedContent.ReadAtMostAsync"/>.
    /// </summary>
    /// <remarks>A refusal is an <see cref="AddressRefusedException"/>, in person or behind an <see cref="HttpRequestException"/>.</remarks>
    public static IHttpClientBuilder AddPublicHttpClient(this WebApplicationBuilder builder, string name)
    {
        var options = builder.Configuration.GetSection(OutgoingOptions.Section).Get<OutgoingOptions>() ?? new OutgoingOptions();
        var allowsLoopback = options.AllowLoopback && builder.Environment.IsDevelopment();
        return builder.Services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan) // Whoever asks says how long.
            .RemoveAllLoggers()
            .AddHttpMessageHandler(() => new FollowRedirects(allowsLoopback))
            .ConfigurePrimaryHttpMessageHandler(() => NewHandler(new ConnectToPublicAddress(Dns.GetHostAddressesAsync, allowsLoopback)));
    }

    /// <summary>What carries the requests.</summary>
    public static SocketsHttpHandler NewHandler(ConnectToPublicAddress connect) => new()
    {
        ConnectCallback = connect.ConnectAsync,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ActivityHeadersPropagator = null,
    };
}
