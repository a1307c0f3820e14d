using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The addresses shown for a resource: one per endpoint, as WithUrlForEndpoint wants them, then those of WithUrl.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(IResource resource, CancellationToken cancellationToken)
    {
        var urls = ImmutableArray.CreateBuilder<UrlSnapshot>();
        foreach (var endpoint in resource is IResourceWithEndpoints owner ? owner.GetEndpoints() : [])
        {
            var url = new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint };
            foreach (var wish in resource.Annotations.OfType<EndpointUrlAnnotation>().Where(wish => wish.EndpointName == endpoint.EndpointName))
                url = wish.Change(endpoint, url);
            urls.Add(new UrlSnapshot(url.DisplayText ?? endpoint.EndpointName, Absolute(url.Url, endpoint), IsInternal: false));
        }

        foreach (var url in resource.Annotations.OfType<ResourceUrlAnnotation>())
        {
            var text = url.Expression is null ? url.Url : await url.Expression.GetValueAsync(cancellationToken) ?? "";
            urls.Add(new UrlSnapshot(url.DisplayText, text, IsInternal: false));
        }

        return urls.ToImmutable();
    }

    // WithUrlForEndpoint("http", url => url.Url = "/docs")
    private static string Absolute(string url, EndpointReference endpoint) => url.StartsWith('/') ? endpoint.Url + url : url;
}
