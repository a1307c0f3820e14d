using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;

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
        credentials.MapPatch("{id}", RenameAsync).RequireScope(Scopes.CredentialsWrite);
        credentials.MapPost("{id}/rotate", RotateAsync).RequireScope(Scopes.CredentialsWrite);
        credentials.MapPost("{id}/verify", VerifyAsync).RequireScope(Scopes.CredentialsWrite);
        credentials.MapDelete("{id}", DeleteAsync).RequireScope(Scopes.CredentialsWrite);
        credentials.MapGet("{id}/leases", ListLeasesAsync).RequireScope(Scopes.CredentialsRead);
    }

    private static async Task<Created<CredentialAnswer>> CreateAsync(
        CreateCredentialBody body, ApiKeyHolder holder, CreateCredential create, CancellationToken cancellationToken)
    {
        var command = CreateCredentialCommand.Parse(holder.ProjectId, body.Provider, body.Name, body.Fields).ValueOrThrow();
        var credential = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/credentials/{credential.Id}", CredentialAnswer.Of(new(credential, LastUsedAt: null)));
    }

    private static async Task<Ok<CredentialList>> ListAsync(
        ApiKeyHolder holder, FindCredentials find, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CredentialList((await find.ListAsync(holder.ProjectId, cancellationToken)).Select(CredentialAnswer.Of)));

    private static async Task<Ok<CredentialAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindCredentials find, CancellationToken cancellationToken) =>
        await ShowAsync(holder.ProjectId, Credential.ParseId(id).ValueOrThrow(), find, cancellationToken);

    private static async Task<Ok<CredentialAnswer>> RenameAsync(
        string id, RenameCredentialBody body, ApiKeyHolder holder, RenameCredential rename, FindCredentials find,
        CancellationToken cancellationToken)
    {
        var credentialId = Credential.ParseId(id).ValueOrThrow();
        (await rename.ExecuteAsync(holder.ProjectId, credentialId, body.Name, cancellationToken)).ValueOrThrow();
        return await ShowAsync(holder.ProjectId, credentialId, find, cancellationToken);
    }

    private static async Task<Ok<CredentialAnswer>> RotateAsync(
        string id, RotateCredentialBody body, ApiKeyHolder holder, RotateCredential rotate, FindCredentials find,
        CancellationToken cancellationToken)
    {
        var credentialId = Credential.ParseId(id).ValueOrThrow();
        var command = RotateCredentialCommand.Parse(holder.ProjectId, credentialId, body.Fields, body.Grace).ValueOrThrow();
        (await rotate.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return await ShowAsync(holder.ProjectId, credentialId, find, cancellationToken);
    }

    private static async Task<Ok<CredentialAnswer>> VerifyAsync(
        string id, ApiKeyHolder holder, VerifyCredential verify, FindCredentials find, CancellationToken cancellationToken)
    {
        var credentialId = Credential.ParseId(id).ValueOrThrow();
        return await verify.ExecuteAsync(holder.ProjectId, credentialId, cancellationToken) is { } problem
            ? throw new ProblemException(problem)
            : await ShowAsync(holder.ProjectId, credentialId, find, cancellationToken);
    }

    private static async Task<NoContent> DeleteAsync(
        string id, ApiKeyHolder holder, DeleteCredential delete, CancellationToken cancellationToken) =>
        await delete.ExecuteAsync(holder.ProjectId, Credential.ParseId(id).ValueOrThrow(), cancellationToken) is { } problem
            ? throw new ProblemException(problem)
            : TypedResults.NoContent();

    private static async Task<Ok<LeaseList>> ListLeasesAsync(
        string id, ApiKeyHolder holder, ListLeases list, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var credentialId = Credential.ParseId(id).ValueOrThrow();
        var page = (await list.ExecuteAsync(holder.ProjectId, credentialId, page_size, page_token, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new LeaseList(page.Leases.Select(LeaseAnswer.Of), page.NextPageToken));
    }

    private static async Task<Ok<CredentialAnswer>> ShowAsync(
        Guid projectId, Guid id, FindCredentials find, CancellationToken cancellationToken) =>
        TypedResults.Ok(CredentialAnswer.Of((await find.GetAsync(projectId, id, cancellationToken)).ValueOrThrow()));

    // A class and not a record: it holds secrets, and a record prints itself.
    private sealed class CreateCredentialBody
    {
        public string? Provider { get; init; }

        public string? Name { get; init; }

        public Dictionary<string, string>? Fields { get; init; }
    }

    private sealed record RenameCredentialBody(string? Name);

    // A class for the same reason.
    private sealed class RotateCredentialBody
    {
        public Dictionary<string, string?>? Fields { get; init; }

        /// <summary>Seconds.</summary>
        public double? Grace { get; init; }
    }

    private sealed record CredentialList(IEnumerable<CredentialAnswer> Credentials);

    private sealed record CredentialAnswer(
        Guid Id, string Provider, string Name, IReadOnlyDictionary<string, string> PublicFields, IReadOnlyList<string> SecretFields,
        DateTimeOffset? PreviousUntil, string Status, string? StatusReason, string? StatusDetail, DateTimeOffset? VerifiedAt,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastUsedAt)
    {
        public static CredentialAnswer Of(FoundCredential found) => new(
            found.Credential.Id, found.Credential.Provider, found.Credential.Name, found.Credential.PublicFields,
            found.Credential.SecretFieldNames ?? [], found.Credential.PreviousUntil, found.Credential.Status, found.Credential.StatusReason,
            found.Credential.StatusDetail, found.Credential.VerifiedAt, found.Credential.CreatedAt, found.Credential.UpdatedAt, found.LastUsedAt);
    }

    private sealed record LeaseList(IEnumerable<LeaseAnswer> Leases, string? NextPageToken);

    private sealed record LeaseAnswer(
        Guid Id, string Purpose, string Caller, string Instance, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
    {
        public static LeaseAnswer Of(Lease lease) => new(lease.Id, lease.Purpose, lease.Caller, lease.Instance, lease.CreatedAt, lease.ExpiresAt);
    }
}
