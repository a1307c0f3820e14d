using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rapida.ServiceDefaults.Access;

/// <summary>Tells who is behind a key of the public API. Vault answers from its database, every other service asks Vault.</summary>
public interface IApiKeys
{
    /// <summary>The holder of a key, or null when the key is unknown, expired or revoked.</summary>
    ValueTask<ApiKeyHolder?> AuthenticateAsync(string key, CancellationToken cancellationToken);
}

/// <summary>A tenant's project, seen through one of its keys.</summary>
/// <param name="ProjectId">The project. Every query filters by it.</param>
/// <param name="ApiKeyId">The key.</param>
/// <param name="Scopes">What the key may do.</param>
public sealed record ApiKeyHolder(Guid ProjectId, Guid ApiKeyId, IReadOnlySet<string> Scopes)
{
    /// <summary>Binds the parameter of an endpoint that <see cref="RequireApiKey.RequireScope{T}"/> guards.</summary>
    public static ValueTask<ApiKeyHolder> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.GetRequiredFeature<ApiKeyHolder>());
}
