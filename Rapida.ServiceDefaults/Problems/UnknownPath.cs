using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>Why there is nothing at a path: it may be only an id in it that has another form than its route asks for.</summary>
internal static class UnknownPath
{
    // The gateway's sentence: a caller cannot tell who did not know the path, and need not.
    private const string Nothing = "There is nothing at this path. Those of the API begin with /v1.";

    public static string Sentence(HttpContext context) => context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Select(endpoint => WrongValue(endpoint.RoutePattern, context.Request.Path))
        .FirstOrDefault(wrong => wrong is not null) is { } wrong
            ? $"There is nothing at this path: {wrong}."
            : Nothing;

    private static string? WrongValue(RoutePattern pattern, PathString path)
    {
        var values = new RouteValueDictionary();
        return pattern.ParameterPolicies.Count > 0 && new TemplateMatcher(new(pattern), []).TryMatch(path, values)
            ? pattern.Parameters.Select(parameter => WrongValue(parameter, values[parameter.Name] as string)).FirstOrDefault(wrong => wrong is not null)
            : null;
    }

    private static string? WrongValue(RoutePatternParameterPart parameter, string? value) =>
        parameter.ParameterPolicies.Select(policy => policy.Content).FirstOrDefault() switch
        {
            "guid" when !Guid.TryParse(value, out _) => $"the {parameter.Name} in it has to be a UUID",
            "int" when !int.TryParse(value, CultureInfo.InvariantCulture, out _) => $"the {parameter.Name} in it has to be a whole number",
            _ => null,
        };
}
