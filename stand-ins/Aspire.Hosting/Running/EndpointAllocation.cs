using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>
/// Gives every endpoint its ports. A single process listens on the public port itself, without the proxy that the original puts
/// in front of it; replicas, and an endpoint whose two ports are both fixed and differ, are behind a <see cref="TcpProxy"/>.
/// </summary>
internal static class EndpointAllocation
{
    public static List<TcpProxy> Allocate(IEnumerable<IResource> resources)
    {
        var proxies = new List<TcpProxy>();
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var port = Allocate(resource, endpoint);
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, endpoint.TargetHost, port);
                if (endpoint.TargetPorts is not [var only] || only != port) proxies.Add(new TcpProxy(port, endpoint.TargetPorts));
            }
        }

        return proxies;
    }

    private static int Allocate(IResource resource, EndpointAnnotation endpoint)
    {
        var replicas = resource.GetReplicaCount();
        if (replicas == 1)
        {
            var target = endpoint.TargetPort ?? endpoint.Port ?? Ports.TakeFree();
            endpoint.TargetPorts = [target];
            return endpoint.IsProxied ? endpoint.Port ?? target : target;
        }

        if (!endpoint.IsProxied || endpoint.TargetPort is not null)
        {
            throw new DistributedApplicationException(
                $"The endpoint '{endpoint.Name}' of '{resource.Name}' is one port, but {replicas} replicas need one each: leave out targetPort and isProxied.");
        }

        endpoint.TargetPorts = [.. Enumerable.Range(0, replicas).Select(_ => Ports.TakeFree())];
        return endpoint.Port ?? Ports.TakeFree();
    }
}
