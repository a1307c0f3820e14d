using System.Net;

namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>
/// Follows at most three redirects, each to https again. Not the client's own way: that takes a tenant's headers, which may hold a key, along to
/// another host.
/// </summary>
internal sealed class FollowRedirects(bool allowsHttp) : DelegatingHandler
{
    private const int Most = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            if (request.RequestUri!.Scheme != Uri.UriSchemeHttps && !(allowsHttp && request.RequestUri.Scheme == Uri.UriSchemeHttp))
                throw new AddressRefusedException("Only https is allowed.");

            var response = await base.SendAsync(request, cancellationToken);
            if (!IsRedirect(response))
                return response;

            using (response)
            {
                if (hops == Most)
                    throw new AddressRefusedException($"More than {Most} redirects.");
                request = Next(request, response);
            }
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) => response.Headers.Location is not null && response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static HttpRequestMessage Next(HttpRequestMessage request, HttpResponseMessage response)
    {
        var from = request.RequestUri!;
        var to = new Uri(from, response.Headers.Location!);

        // RFC 9110, section 15.4: 307 and 308 keep the method; after the others a POST goes on as a GET.
        var keeps = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect || request.Method == HttpMethod.Get;
        var next = new HttpRequestMessage(keeps ? request.Method : HttpMethod.Get, to) { Content = keeps ? request.Content : null };
        if (from.GetLeftPart(UriPartial.Authority) == to.GetLeftPart(UriPartial.Authority))
            foreach (var header in request.Headers)
                next.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return next;
    }
}
