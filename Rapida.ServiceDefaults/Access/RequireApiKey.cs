using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rapida.ServiceDefaults.Access;

/// <summary>The door of the REST API: the <c>x-api-key</c> header and its scopes.</summary>
public static class RequireApiKey
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "x-api-key";

    /// <summary>Lets a request pass when its key has this scope. Its project is then bound as <see cref="ApiKeyHolder"/>.</summary>
    public static T RequireScope<T>(this T endpoints, string scope)
        where T : IEndpointConventionBuilder
    {
        // Middleware would come too late for BindAsync, which runs before endpoint filters: so the delegate itself is wrapped.
        endpoints.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.Metadata.Add(new RequiredScope(scope));
            endpoint.RequestDelegate = context => AdmitAsync(context, scope, next);
        });
        return endpoints;
    }

    private static async Task AdmitAsync(HttpContext context, string scope, RequestDelegate next)
    {
        var key = context.Request.Headers[Header].ToString();
        var keys = context.RequestServices.GetRequiredService<IApiKeys>();
        if (key.Length == 0 || await keys.AuthenticateAsync(key, context.RequestAborted) is not { } holder)
        {
            await Refuse(StatusCodes.Status401Unauthorized, "unauthenticated", $"Send a valid API key in the {Header} header.").ExecuteAsync(context);
            return;
        }

        if (!holder.Scopes.Contains(scope))
        {
            await Refuse(StatusCodes.Status403Forbidden, "scope_missing", $"This key lacks the scope {scope}.").ExecuteAsync(context);
            return;
        }

        context.Features.Set(holder);
        await next(context);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Refuse(int status, string code, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}

/// <summary>The scope that an endpoint asks for.</summary>
public sealed record RequiredScope(string Scope);
