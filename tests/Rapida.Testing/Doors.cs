using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapida.ServiceDefaults.Access;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Rapida.Testing;

/// <summary>A way into a service by HTTP.</summary>
/// <param name="Method">GET, POST…</param>
/// <param name="Path">The route's pattern, such as <c>/v1/calls/{id}</c>.</param>
/// <param name="Scope">What a key must be allowed to do; null: no key is asked for.</param>
public sealed record RestDoor(string Method, string Path, string? Scope)
{
    /// <summary>It names something that is somebody's.</summary>
    public bool NamesSomething => Path.Contains('{', StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A way into a service by gRPC.</summary>
/// <param name="Method">Of the contract.</param>
/// <param name="Callers">The services that may call it.</param>
public sealed record GrpcDoor(MethodDescriptor Method, IReadOnlyList<string> Callers)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Method.Service.FullName}/{Method.Name}";
}

/// <summary>All ways into a service, as the running service lists them itself: a new one cannot be forgotten.</summary>
public static class Doors
{
    private static readonly Dictionary<string, ServiceDescriptor> Contracts = typeof(Vault.V1.ApiKeys).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", typeof(FileDescriptor))?.GetValue(null))
        .OfType<FileDescriptor>()
        .SelectMany(file => file.Services)
        .ToDictionary(service => service.FullName, StringComparer.Ordinal);

    /// <summary>Of HTTP.</summary>
    public static IReadOnlyList<RestDoor> Rest(IServiceProvider services) =>
    [
        .. from endpoint in Endpoints(services)
           where Contract(endpoint) is null && !endpoint.RoutePattern.RawText!.Contains("unimplemented", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select new RestDoor(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope),
    ];

    /// <summary>Of gRPC.</summary>
    public static IReadOnlyList<GrpcDoor> Grpc(IServiceProvider services) =>
    [
        .. from endpoint in Endpoints(services)
           let method = Contract(endpoint)
           where method is not null
           select new GrpcDoor(method, endpoint.Metadata.GetMetadata<CallersAttribute>()?.Services ?? []),
    ];

    private static IEnumerable<RouteEndpoint> Endpoints(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static MethodDescriptor? Contract(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.Trim('/').Split('/') is [var service, var method] && Contracts.TryGetValue(service, out var contract)
            ? contract.FindMethodByName(method)
            : null;
}
