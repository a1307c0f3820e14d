using System.Net;
using System.Net.Sockets;

namespace Rapida.AppHost;

/// <summary>What services are given beside their references.</summary>
internal static class ServiceWiring
{
    // Whoever signs tokens. The gateway only routes, and calls nobody.
    private static readonly string[] Services = ["gateway", "vault", "deployments", "calls", "media", "recordings"];

    /// <summary>Health, a gRPC endpoint beside <c>http</c>, free ports, its own signing key and everybody's public one.</summary>
    public static IResourceBuilder<ProjectResource> AsService(
        this IResourceBuilder<ProjectResource> service, Secrets secrets, bool hasGrpc = true)
    {
        service.WithHttpHealthCheck("/health", endpointName: "http").OnFreePort()
            .WithEnvironment("Access__SigningKey", secrets.SigningKey(service.Resource.Name));
        foreach (var peer in Services)
            service.WithEnvironment($"Access__PublicKeys__{peer}", secrets.PublicKey(peer));
        return hasGrpc ? service.WithHttpEndpoint(name: "grpc", env: "GRPC_PORT") : service;
    }

    /// <summary>
    /// The launch profile's port while nobody has it, else any: several systems may run on one machine. (Publish mode has its own.)
    /// </summary>
    public static IResourceBuilder<ProjectResource> OnFreePort(this IResourceBuilder<ProjectResource> service) =>
        service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service
            : service.WithEndpoint("http", endpoint => endpoint.Port = endpoint.Port is { } port && IsFree(port) ? port : null);

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The key ring and the peppers. Only Vault has them, and the migrations that seed it.</summary>
    public static IResourceBuilder<ProjectResource> WithVaultKeys(this IResourceBuilder<ProjectResource> service, Secrets secrets) => service
        .WithEnvironment("Vault__KeyRing__Active", "k1").WithEnvironment("Vault__KeyRing__Keys__k1", secrets.Key("vault-key"))
        .WithEnvironment("Vault__Peppers__Active", "p1").WithEnvironment("Vault__Peppers__Keys__p1", secrets.Key("vault-pepper"));

    public static IResourceBuilder<ProjectResource> WithCallKeys(this IResourceBuilder<ProjectResource> service, Secrets secrets) => service
        .WithContextKey(secrets)
        .WithEnvironment("Media__TicketKey", secrets.Key("media-ticket-key"))
        .WithEnvironment("Calls__PartyIndexKey", secrets.Key("party-index-key"));

    public static IResourceBuilder<ProjectResource> WithContextKey(this IResourceBuilder<ProjectResource> service, Secrets secrets) =>
        service.WithEnvironment("Media__ContextKey", secrets.Key("media-context-key"));

    /// <summary>
    /// A socket's event is handled on the thread that the kernel told of it: a frame of the caller's costs a third less than by way of the thread pool.
    /// For services that pass things on and compute nothing for long.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSocketsOnOneThread(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

    /// <summary>How Twilio reaches us: the endpoints of this machine, or what the operator says when the manifest is deployed.</summary>
    public static void WithPublicUrls(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> gateway, IResourceBuilder<ProjectResource> media)
    {
        var builder = service.ApplicationBuilder;
        if (builder.ExecutionContext.IsRunMode)
        {
            service.WithEnvironment("Public__BaseUrl", gateway.GetEndpoint("http"))
                .WithEnvironment("Media__PublicUrl", $"ws://{media.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}");
        }
        else
        {
            service.WithEnvironment("Public__BaseUrl", Operator(builder, "public-base-url"))
                .WithEnvironment("Media__PublicUrl", Operator(builder, "media-public-url"));
        }
    }

    private static IResourceBuilder<ParameterResource> Operator(IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : builder.AddParameter(name);
}
