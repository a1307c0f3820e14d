using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Endpoints as a deployment sees them.</summary>
internal sealed class ManifestBindings
{
    // Given in the order of the manifest to endpoints that need a port and name none.
    private int _nextPort = 8000;

    public void Write(IResource resource, Utf8JsonWriter json)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0) return;

        var schemes = new HashSet<string>();
        json.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            json.WriteStartObject(endpoint.Name);
            json.WriteString("scheme", endpoint.UriScheme);
            json.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            json.WriteString("transport", endpoint.Transport);
            var target = TargetPort(resource, endpoint, isFirstOfScheme: schemes.Add(endpoint.UriScheme));
            if (endpoint.Port is { } port && port != target) json.WriteNumber("port", port);
            if (target is { } known) json.WriteNumber("targetPort", known);
            if (endpoint.IsExternal) json.WriteBoolean("external", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // The first http and https endpoint of a project listen where the deployment tool says (HTTP_PORTS): no port is written.
    private int? TargetPort(IResource resource, EndpointAnnotation endpoint, bool isFirstOfScheme) => (endpoint.TargetPort, endpoint.Port) switch
    {
        ({ } target, _) => target,
        (null, { } port) when resource is ContainerResource => port,
        _ when resource is ProjectResource && isFirstOfScheme && endpoint.UriScheme is "http" or "https" => null,
        _ => _nextPort++,
    };
}
