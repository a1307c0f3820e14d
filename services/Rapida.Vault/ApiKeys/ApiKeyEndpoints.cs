using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.ApiKeys;

/// <summary>REST: <c>/v1/api-keys</c>. A key's text is in one answer, that to its creation.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeyEndpoints(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/v1/api-keys");
        keys.MapPost("", CreateAsync).RequireScope(Scopes.ApiKeysWrite);
        keys.MapGet("", ListAsync).RequireScope(Scopes.ApiKeysWrite);
        keys.MapDelete("{id}", RevokeAsync).RequireScope(Scopes.ApiKeysWrite);
    }

    private static async Task<Created<CreatedAnswer>> CreateAsync(
        CreateApiKeyBody body, ApiKeyHolder holder, CreateApiKey create, TimeProvider clock, CancellationToken cancellationToken)
    {
        var command = CreateApiKeyCommand.Parse(holder.ProjectId, body.Name, body.Scopes, body.ExpiresAt, clock.GetUtcNow()).ValueOrThrow();
        if (command.ProblemFor(holder) is { } problem)
            throw new ProblemException(problem);

        var created = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        var answer = new CreatedAnswer(ApiKeyAnswer.Of(created.ApiKey), created.Text.Reveal());
        return TypedResults.Created($"/v1/api-keys/{created.ApiKey.Id}", answer);
    }

    private static async Task<Ok<ApiKeyList>> ListAsync(ApiKeyHolder holder, FindApiKeys find, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ApiKeyList((await find.ListAsync(holder.ProjectId, cancellationToken)).Select(ApiKeyAnswer.Of)));

    private static async Task<Ok<ApiKeyAnswer>> RevokeAsync(
        string id, ApiKeyHolder holder, RevokeApiKey revoke, CancellationToken cancellationToken)
    {
        var key = await revoke.ExecuteAsync(holder.ProjectId, ApiKey.ParseId(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(ApiKeyAnswer.Of(key.ValueOrThrow()));
    }

    private sealed record CreateApiKeyBody(string? Name, IReadOnlyList<string?>? Scopes, DateTimeOffset? ExpiresAt);

    private sealed record ApiKeyList(IEnumerable<ApiKeyAnswer> ApiKeys);

    // A class and not a record: it holds the key, and a record prints itself.
    private sealed class CreatedAnswer(ApiKeyAnswer apiKey, string key)
    {
        public ApiKeyAnswer ApiKey => apiKey;

        public string Key => key;
    }

    private sealed record ApiKeyAnswer(
        Guid Id, string Name, string Display, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt,
        DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
    {
        public static ApiKeyAnswer Of(ApiKey key) =>
            new(key.Id, key.Name, key.Display, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
    }
}
