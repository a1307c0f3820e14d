using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>REST: <c>/v1/credentials</c>. Secrets go in and never come out.</summary>
internal static class CredentialEndpoints
{
    public static void MapCredentialEndpoints(this IEndpointRouteBuilder app)
    {
        var credentials = app.MapGroup("/v1/credentials").WithParameter("id", "The credential's id.", CredentialExamples.Id)
            .InSection("Credentials", "Accounts with Twilio, and with providers of speech and language models. Secrets go in and are never shown again.");
        credentials.MapPost("", CreateAsync).RequireScope(Scopes.CredentialsWrite)
            .Describe("createCredential", "Stores a credential.", "Secret fields are encrypted, and no answer of this API shows them. Whether Twilio takes it tells `verify`.")
            .WithRequestExample(CredentialExamples.Create)
            .WithAnswerExample(CredentialExamples.Created)
            .WithProblems([CredentialProblems.ProviderInvalid, CredentialProblems.NameInvalid, .. ProviderFields.Problems]);
        credentials.MapGet("", ListAsync).RequireScope(Scopes.CredentialsRead)
            .Describe("listCredentials", "Lists the project's credentials, the newest last.", "Without their secrets.")
            .WithPages(CredentialExamples.Id)
            .WithAnswerExample(CredentialExamples.List)
            .WithProblems(Paging.Invalid);
        credentials.MapGet("{id}", GetAsync).RequireScope(Scopes.CredentialsRead)
            .Describe("getCredential", "Shows a credential.", "Without its secrets.")
            .WithAnswerExample(CredentialExamples.Shown)
            .WithProblems(CredentialProblems.Unknown);
        credentials.MapPatch("{id}", RenameAsync).RequireScope(Scopes.CredentialsWrite)
            .Describe("renameCredential", "Gives a credential another name.", "Whatever uses it goes on: it is known by its id.")
            .WithRequestExample(CredentialExamples.Rename)
            .WithAnswerExample(CredentialExamples.Shown)
            .WithProblems(CredentialProblems.Unknown, CredentialProblems.NameInvalid);
        credentials.MapPost("{id}/rotate", RotateAsync).RequireScope(Scopes.CredentialsWrite)
            .Describe(
                "rotateCredential", "Replaces a credential's secret.",
                "The new secret is used at once. What comes in may be signed with the old one until the grace is over, and no call is lost. The same request again "
                + "replaces nothing: repeat it when the answer was lost.")
            .WithRequestExample(CredentialExamples.Rotate)
            .WithAnswerExample(CredentialExamples.Shown)
            .WithProblems([
                CredentialProblems.Unknown, CredentialProblems.NothingToRotate, RotateCredentialCommand.GraceProblem, CredentialProblems.AccountFixed,
                .. ProviderFields.Problems]);
        credentials.MapPost("{id}/verify", VerifyAsync).RequireScope(Scopes.CredentialsWrite)
            .Describe(
                "verifyCredential", "Asks Twilio whether it takes a credential.",
                "The answer is 200 either way: `status` is `connected`, or `failing` with a reason. Takes up to 10 seconds. Nothing is sent in the body.")
            .WithAnswerExample(CredentialExamples.Verified)
            .WithProblems(CredentialProblems.Unknown, CredentialProblems.NotVerifiable);
        credentials.MapDelete("{id}", DeleteAsync).RequireScope(Scopes.CredentialsWrite)
            .Describe("deleteCredential", "Deletes a credential.", "Its secrets are wiped at once. Refused while a live assistant uses it.")
            .WithProblems(CredentialProblems.Unknown, CredentialProblems.InUse([
                new() { AssistantId = "123456789012345", AssistantName = "Clinic appointments", Place = "phone" }]));
        credentials.MapGet("{id}/leases", ListLeasesAsync).RequireScope(Scopes.CredentialsRead)
            .Describe(
                "listCredentialLeases", "Lists who had a credential's secret, newest first.",
                "One lease is one reveal to a part of this system. Those of a deleted credential can still be read.")
            .WithPages(CredentialExamples.LeaseId)
            .WithAnswerExample(CredentialExamples.Leases)
            .WithProblems(CredentialProblems.Unknown, Paging.Invalid);
    }

    private static async Task<Created<CredentialAnswer>> CreateAsync(
        CreateCredentialBody body, ApiKeyHolder holder, CreateCredential create, CancellationToken cancellationToken)
    {
        var command = CreateCredentialCommand.Parse(holder.ProjectId, body.Provider, body.Name, body.Fields).ValueOrThrow();
        var credential = (await create.ExecuteAsync(command, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/credentials/{credential.Id}", CredentialAnswer.Of(new(credential, LastUsedAt: null)));
    }

    private static async Task<Ok<CredentialList>> ListAsync(
        ApiKeyHolder holder, FindCredentials find, int? page_size, string? page_token, CancellationToken cancellationToken)
    {
        var page = (await find.PageAsync(holder.ProjectId, page_size, page_token, cancellationToken)).ValueOrThrow();
        return TypedResults.Ok(new CredentialList(page.Items.Select(CredentialAnswer.Of), page.NextToken));
    }

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
        return TypedResults.Ok(new LeaseList(page.Items.Select(LeaseAnswer.Of), page.NextToken));
    }

    private static async Task<Ok<CredentialAnswer>> ShowAsync(
        Guid projectId, Guid id, FindCredentials find, CancellationToken cancellationToken) =>
        TypedResults.Ok(CredentialAnswer.Of((await find.GetAsync(projectId, id, cancellationToken)).ValueOrThrow()));
}
