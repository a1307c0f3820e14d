using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null,
        bool optional = false) where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return Relate(builder, resource).WithEnvironment(async context =>
        {
            if (optional && context.ExecutionContext.IsRunMode && await FindAsync(resource, context.CancellationToken) is null) return;
            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = resource;
            foreach (var (property, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{ModelName.ToEnvironment(name)}_{property.ToUpperInvariant()}"] = value;
        });
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment
        => WithReference(builder, source, source.Resource.Name);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
        => Relate(builder, source.Resource).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints().Where(endpoint => !endpoint.ExcludeReferenceEndpoint)) Discover(context, name, endpoint);
        });

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri) throw new InvalidOperationException($"The address of '{name}' must be absolute.");
        return Discover(builder, name, uri.ToString());
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService) where TDestination : IResourceWithEnvironment
        => Discover(Relate(builder, externalService.Resource), externalService.Resource.Name, UrlOf(externalService.Resource));

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference) where TDestination : IResourceWithEnvironment
        => Relate(builder, endpointReference.Resource)
            .WithEnvironment(context => Discover(context, endpointReference.Resource.Name, endpointReference));

    private static void Discover(EnvironmentCallbackContext context, string service, EndpointReference endpoint)
    {
        context.EnvironmentVariables[$"{ModelName.ToEnvironment(service)}_{ModelName.ToEnvironment(endpoint.EndpointName)}"] = endpoint;
        context.EnvironmentVariables[$"services__{service}__{endpoint.EndpointName}__0"] = endpoint;
    }

    private static IResourceBuilder<T> Discover<T>(IResourceBuilder<T> builder, string service, object url) where T : IResourceWithEnvironment
        => builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[ModelName.ToEnvironment(service)] = url;
            context.EnvironmentVariables[$"services__{service}__default__0"] = url;
        });

    private static IResourceBuilder<T> Relate<T>(IResourceBuilder<T> builder, IResource source) where T : IResource
        => builder.WithAnnotation(new ResourceRelationshipAnnotation(source, "Reference"));

    private static async Task<string?> FindAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        try
        {
            return await resource.GetConnectionStringAsync(cancellationToken);
        }
        catch (DistributedApplicationException)
        {
            return null;   // optional: not configured
        }
    }
}
