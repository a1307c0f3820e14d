using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Headers;

internal static class HeadersRegistration
{
    public static void AddHeaders(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxiesOptions>().BindConfiguration(ProxiesOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ProxiesOptions>, ProxiesOptionsValidator>();
        // After everyone else: ASPNETCORE_FORWARDEDHEADERS_ENABLED, which Aspire sets where it deploys to, would believe anybody.
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<IOptions<ProxiesOptions>>((forwarded, proxies) => Believe(forwarded, proxies.Value));
    }

    /// <summary>Who calls, and what every answer says. Comes before whatever asks or answers.</summary>
    public static void UseHeaders(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(SecureAnswers.ApplyAsync);
    }

    private static void Believe(ForwardedHeadersOptions forwarded, ProxiesOptions proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var text in proxies.TrustedProxies)
            if (ProxiesOptions.TryParse(text, out var network))
                forwarded.KnownIPNetworks.Add(network);
        // Without a known network the middleware would believe everybody.
        forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
        forwarded.ForwardLimit = null; // As far back as the proxies are ours.
    }
}
