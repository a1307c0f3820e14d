using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.ApiKeys;

/// <summary>REST: <c>/v1/api-keys</c>. A key's text is in one answer, that to its creation.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeyEndpoints(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/v1/api-keys").WithParameter("id", "The key's id. It is not the key.", ApiKeyExamples.Id)
            .InSection("API keys", "Who may use this API, for what, and until when.");
        keys.MapPost("", CreateAsync).RequireScope(Scopes.ApiKeysWrite)
            .Describe("createApiKey", "Makes an API key.", "`key` in the answer is the key itself. It is shown this once: store it now.")
            .WithRequestExample(ApiKeyExamples.Create)
            .WithAnswerExample(ApiKeyExamples.Created)
            .WithProblems(
                ApiKeyProblems.NameInvalid, ApiKeyProblems.ScopesMissing, ApiKeyProblems.ScopeUnknown("call:read"), ApiKeyProblems.WebhookStandsAlone,
                ApiKeyProblems.ExpiryPast, ApiKeyProblems.ScopeNotHeld(Scopes.CallsWrite));
        keys.MapGet("", ListAsync).RequireScope(Scopes.ApiKeysWrite)
            .Describe("listApiKeys", "Lists the project's API keys, the newest last.", "All of them, those that were revoked or have expired too. The keys themselves are not shown.")
            .WithPages(ApiKeyExamples.Id)
            .WithAnswerExample(ApiKeyExamples.List)
            .WithProblems(Paging.Invalid);
        keys.MapDelete("{id}", RevokeAsync).RequireScope(Scopes.ApiKeysWrite)
            .Describe("revokeApiKey", "Revokes an API key.", "It is refused everywhere within 2 seconds, for good. To revoke it again changes nothing.")
            .WithAnswerExample(ApiKeyExamples.Revoked)
            .WithProblems(ApiKeyProblems.Unknown);
    }

    private static async Task<Created<NewApiKeyAnswer>> CreateAsync(
        CreateApiKeyBody body, ApiKeyHolder holder, CreateApiKey create, TimeProvider clock, CancellationToken cancellationToken)
    {
        var command = CreateApiKeyCommand.Parse(holder.ProjectId, body.Name, body.Scopes, body.ExpiresAt, clock.GetUtcNow()).ValueOrThrow();
        if (command.ProblemFor(holder) is { } problem)
            throw new ProblemException(problem);

        var created = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        var answer = new NewApiKeyAnswer(ApiKeyAnswer.Of(created.ApiKey), created.Text.Reveal());
        return TypedResults.Created($"/v1/api-keys/{created.ApiKey.Id}", answer);
    }

    private static async Task<Ok<ApiKeyList>> ListAsync(
        ApiKeyHolder holder, FindApiKeys find, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var page = (await find.PageAsync(holder.ProjectId, page_size, page_token, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new ApiKeyList(page.Items.Select(ApiKeyAnswer.Of), page.NextToken));
    }

    private static async Task<Ok<ApiKeyAnswer>> RevokeAsync(
        string id, ApiKeyHolder holder, RevokeApiKey revoke, CancellationToken cancellationToken)
    {
        var key = await revoke.ExecuteAsync(holder.ProjectId, ApiKey.ParseId(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(ApiKeyAnswer.Of(key.ValueOrThrow()));
    }

    private sealed record CreateApiKeyBody(
        [property: Required, Description("For people: 1 to 100 printable characters.")] string? Name,
        [property: Required, Description("What it may do: one scope at least, none that your own key lacks. `webhook` stands alone.")] IReadOnlyList<string?>? Scopes,
        [property: Description("From then on it is refused. Left out: never.")] DateTimeOffset? ExpiresAt);

    private sealed record ApiKeyList(
        IEnumerable<ApiKeyAnswer> ApiKeys, [property: Description("Null on the last page.")] string? NextPageToken);

    // A class and not a record: it holds the key, and a record prints itself.
    private sealed class NewApiKeyAnswer(ApiKeyAnswer apiKey, string key)
    {
        [Description("All that will be shown of it later.")]
        public ApiKeyAnswer ApiKey => apiKey;

        [Description("The key: send it in the header x-api-key. Shown this once.")]
        public string Key => key;
    }

    private sealed record ApiKeyAnswer(
        Guid Id,
        string Name,
        [property: Description("The beginning of the key, to recognise it by.")] string Display,
        [property: Description("What it may do.")] IReadOnlyList<string> Scopes,
        DateTimeOffset CreatedAt,
        [property: Description("Null: it does not expire.")] DateTimeOffset? ExpiresAt,
        [property: Description("Null: it is not revoked.")] DateTimeOffset? RevokedAt,
        [property: Description("Null: never. May be a minute behind.")] DateTimeOffset? LastUsedAt)
    {
        public static ApiKeyAnswer Of(ApiKey key) =>
            new(key.Id, key.Name, key.Display, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
    }
}
