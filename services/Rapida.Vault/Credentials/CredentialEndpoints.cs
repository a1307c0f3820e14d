using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.Credentials;

/// <summary>REST: <c>/v1/credentials</c>. Secrets go in and never come out.</summary>
internal static class CredentialEndpoints
{
    public static void MapCredentialEndpoints(this IEndpointRouteBuilder app)
    {
        var credentials = app.MapGroup("/v1/credentials");
        credentials.MapPost("", CreateAsync).RequireScope(Scopes.CredentialsWrite);
        credentials.MapGet("", ListAsync).RequireScope(Scopes.CredentialsRead);
        credentials.MapGet("{id}", GetAsync).RequireScope(Scopes.CredentialsRead);
    }

    private static async Task<Created<CredentialAnswer>> CreateAsync(
        CreateCredentialBody body, ApiKeyHolder holder, CreateCredential create, CancellationToken cancellationToken)
    {
        var command = CreateCredentialCommand.Parse(holder.ProjectId, body.Provider, body.Name, body.Fields).ValueOrThrow();
        var credential = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/credentials/{credential.Id}", CredentialAnswer.Of(credential));
    }

    private static async Task<Ok<CredentialList>> ListAsync(
        ApiKeyHolder holder, FindCredentials find, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CredentialList((await find.ListAsync(holder.ProjectId, cancellationToken)).Select(CredentialAnswer.Of)));

    private static async Task<Ok<CredentialAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindCredentials find, CancellationToken cancellationToken)
    {
        var credential = await find.GetAsync(holder.ProjectId, Credential.ParseId(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(CredentialAnswer.Of(credential.ValueOrThrow()));
    }

    // A class and not a record: it holds secrets, and a record prints itself.
    private sealed class CreateCredentialBody
    {
        public string? Provider { get; init; }

        public string? Name { get; init; }

        public Dictionary<string, string>? Fields { get; init; }
    }

    private sealed record CredentialList(IEnumerable<CredentialAnswer> Credentials);

    private sealed record CredentialAnswer(
        Guid Id, string Provider, string Name, IReadOnlyDictionary<string, string> PublicFields,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static CredentialAnswer Of(Credential credential) => new(
            credential.Id, credential.Provider, credential.Name, credential.PublicFields, credential.CreatedAt, credential.UpdatedAt);
    }
}
