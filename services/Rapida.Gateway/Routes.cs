using Microsoft.AspNetCore.DataProtection;
using Rapida.Gateway.Forwarding;
using Rapida.Gateway.Headers;
using Rapida.Gateway.Limits;
using Rapida.Gateway.Rates;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Rapida.Gateway;

/// <summary>Which path belongs to which service. Media sockets do not pass here: Twilio connects to the relays.</summary>
internal static class Routes
{
    /// <summary>Twilio's requests, whose key stands in the query.</summary>
    public const string Webhooks = "/v1/talk/twilio/{**rest}";

    private static readonly (string Path, string Service)[] Table =
    [
        (Webhooks, "calls"),
        ("/v1/talk/{**rest}", "calls"),
        ("/v1/calls/{**rest}", "calls"),
        ("/v1/numbers/{**rest}", "calls"),
        ("/v1/diagnostics/{**rest}", "calls"),
        ("/v1/credentials/{**rest}", "vault"),
        ("/v1/api-keys/{**rest}", "vault"),
        ("/v1/members/{**rest}", "vault"),
        ("/v1/assistants/{**rest}", "deployments"),
        ("/v1/conversations/{**rest}", "recordings"),
        ("/v1/recordings/{**rest}", "recordings"),
    ];

    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        // A request is passed on by the thread that read it: to wake another costs more than that does.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        var routes = Table.Select(row => new RouteConfig
        {
            RouteId = row.Path,
            ClusterId = row.Service,
            Match = new() { Path = row.Path },
        });
        var limits = builder.Configuration.GetSection(LimitsOptions.Section).Get<LimitsOptions>() ?? new();
        var clusters = Table.Select(row => row.Service).Distinct().Select(service => new ClusterConfig
        {
            ClusterId = service,
            Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = AddressOf(builder, service) } },
            HttpRequest = new() { ActivityTimeout = limits.AnswerWithin },
            // As Kestrel reads headers, here and behind; without it a header that is not ASCII could not be passed on.
            HttpClient = new() { RequestHeaderEncoding = "utf-8" },
        });
        // YARP asks for it, for affinity cookies that we do not set: nothing is kept.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddReverseProxy()
            .LoadFromMemory([.. routes], [.. clusters])
            .AddTransforms(transforms => transforms.AddXForwarded(ForwardedTransformActions.Set).AddRequestTransform(PassRawTarget.ApplyAsync));
        // AnswerFailure tells of each failure once; YARP would write of it as an Error, and of every caller who hangs up.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None);
    }

    public static void MapRoutes(this WebApplication app)
    {
        app.MapReverseProxy(passing =>
        {
            passing.UseRates();
            passing.UseLimits();
            passing.Use(DropForgedHeaders.ApplyAsync);
            passing.UseMiddleware<AnswerFailure>();
        });
        app.MapFallback("/{**path}", () => GatewayProblems.NoSuchPath);
    }

    private static string AddressOf(WebApplicationBuilder builder, string service) =>
        builder.Configuration[$"services:{service}:http:0"]
        ?? throw new InvalidOperationException($"The address of {service} is missing: set services__{service}__http__0.");
}
