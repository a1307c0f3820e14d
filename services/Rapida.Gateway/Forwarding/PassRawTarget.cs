using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Rapida.Gateway.Forwarding;

/// <summary>
/// Passes the request's target on byte for byte. Twilio signs the URL as it wrote it, and CallControl computes the signature over what arrives:
/// nothing may be decoded, folded or encoded anew.
/// </summary>
internal static class PassRawTarget
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static ValueTask ApplyAsync(RequestTransformContext context)
    {
        var target = context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // Its other form, http://host/path, names a host of the sender's choice: YARP takes path and query out of it.
        if (target.StartsWith('/'))
            context.ProxyRequest.RequestUri = new(context.DestinationPrefix.TrimEnd('/') + target, AsItIs);
        return ValueTask.CompletedTask;
    }
}
