using System.Text;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing.OpenApi;

namespace Rapida.Vault.Tests;

/// <summary>What Vault says of itself in docs/openapi.json is true.</summary>
[Collection(nameof(RunningVault))]
public sealed class ApiDescriptionTests(RunningVault vault)
{
    private static readonly Uri Keys = new("/v1/api-keys", UriKind.Relative);

    [Fact]
    public async Task What_is_described_is_in_the_document_and_happens()
    {
        var document = await ApiDocument.CheckAsync(vault.Service.Services);
        var tenant = await vault.NewTenantAsync([.. Scopes.All.Where(scope => scope != Scopes.Webhook)]);
        var api = new ApiCaller(document, tenant.Http);

        var key = (string)(await api.CallAsync("createApiKey"))!["api_key"]!["id"]!;
        await api.CallAsync("listApiKeys");
        await api.CallAsync("revokeApiKey", key);

        var credential = (string)(await api.CallAsync("createCredential"))!["id"]!;
        vault.Peers.Say(credential, () => Task.FromResult(new Calls.V1.VerifyCredentialResponse { Connected = true }));
        await api.CallAsync("listCredentials");
        await api.CallAsync("verifyCredential", credential);
        await api.CallAsync("renameCredential", credential);
        await api.CallAsync("rotateCredential", credential);
        await api.CallAsync("getCredential", credential);
        await new V1.Credentials.CredentialsClient(vault.Service.CallAs("calls")).RevealCredentialAsync(
            new() { ProjectId = tenant.ProjectId.ToString(), Id = credential, Purpose = "verify-credential", Instance = "calls@host-1:4711" });
        Assert.NotEmpty((await api.CallAsync("listCredentialLeases", credential))!["leases"]!.AsArray());
        await api.CallAsync("deleteCredential", credential);

        var member = (string)(await api.CallAsync("addMember"))!["id"]!;
        await api.CallAsync("changeMemberRole", member);
        await api.CallAsync("listMembers");
        await api.CallAsync("removeMember", member);
        api.AssertAllWereTried();
    }

    [Fact]
    public async Task What_every_operation_may_answer_is_as_described()
    {
        var tenant = await vault.NewTenantAsync(Scopes.CallsRead);
        using var nobody = vault.Service.NewHttpClient();

        using var unknown = await nobody.GetAsync(Keys);
        await ApiDocument.AssertSharedAsync("Unauthenticated", unknown);
        using var forbidden = await tenant.Http.GetAsync(Keys);
        await ApiDocument.AssertSharedAsync("ScopeMissing", forbidden, isSaidSo: false); // It names the scope.

        var other = await vault.NewTenantAsync(Scopes.ApiKeysWrite);
        using var cut = await other.Http.PostAsync(Keys, new StringContent("{", Encoding.UTF8, "application/json"));
        await ApiDocument.AssertSharedAsync("Unreadable", cut);
        using var text = await other.Http.PostAsync(Keys, new StringContent("{}", Encoding.UTF8, "text/plain"));
        await ApiDocument.AssertSharedAsync("NotJson", text);
    }
}
