using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

/// <summary>Whoever has no business here gets in nowhere, and learns nothing of who has.</summary>
[Collection(nameof(RunningVault))]
public sealed class EveryDoorTests(RunningVault vault)
{
    [Fact]
    public async Task Nobody_gets_in_without_a_key_that_may_or_sees_what_is_another_project_s()
    {
        var owner = await vault.NewTenantAsync([.. Scopes.All.Where(scope => scope != Scopes.Webhook)]);
        var foreign = await vault.NewTenantAsync([.. Scopes.All.Where(scope => scope != Scopes.Webhook)]);
        var keys = new Dictionary<string, string>();
        foreach (var scope in Scopes.All)
            keys[scope] = await NewKeyAsync(owner, [.. Scopes.All.Where(other => other != scope && other != Scopes.Webhook)]);
        var revoked = await NewKeyAsync(owner, [.. Scopes.All.Where(scope => scope != Scopes.Webhook)]);
        await owner.Http.DeleteAsync($"/v1/api-keys/{(await KeysAsync(owner)).Last()}");
        var credential = await new V1.Credentials.CredentialsClient(vault.Service.CallAs("gateway")).CreateCredentialAsync(new()
        {
            ProjectId = owner.ProjectId.ToString(), Provider = "twilio", Name = "Main",
            Fields = { ["account_sid"] = "AC0123456789abcdef0123456789abcdef", ["account_token"] = "secret" },
        });
        using var added = await owner.Http.PostAsJsonAsync("/v1/members", new { email = "ann@example.com", role = "viewer" });
        var intruder = new Intruder(new Dictionary<string, string>
        {
            ["/v1/credentials id"] = credential.Id,
            ["rapida.vault.v1.Credentials id"] = credential.Id,
            ["/v1/api-keys id"] = (await KeysAsync(owner)).First(),
            ["rapida.vault.v1.ApiKeys id"] = (await KeysAsync(owner)).First(),
            ["/v1/members id"] = (string)(await added.Content.ReadFromJsonAsync<JsonNode>())!["id"]!,
            ["key"] = owner.Key.Reveal()[..^1],
        })
        {
            WithoutKey = ["/health", "/alive"],
            Bodies =
            {
                ["POST /v1/api-keys"] = JsonNode.Parse("""{"name":"mine","scopes":["calls:read"]}""")!,
                ["PATCH /v1/members/{id}"] = JsonNode.Parse("""{"role":"admin"}""")!,
                ["PATCH /v1/credentials/{id}"] = JsonNode.Parse("""{"name":"mine"}""")!,
                ["POST /v1/credentials/{id}/rotate"] = JsonNode.Parse("""{"fields":{"account_token":"mine"}}""")!,
                ["POST /v1/credentials"] = JsonNode.Parse("""{"provider":"openai","name":"mine","fields":{"api_key":"k"}}""")!,
            },
        };

        await intruder.TryAsync(Doors.Rest(vault.Service.Services), vault.Service.NewHttpClient(), new(revoked, scope => keys[scope], foreign.Key.Reveal()));
        await intruder.TryAsync(Doors.Grpc(vault.Service.Services), vault.Service.CallAsNobody(), vault.Service.CallAs, foreign.ProjectId.ToString());
    }

    private static async Task<string> NewKeyAsync(Tenant tenant, params string[] scopes)
    {
        using var answer = await tenant.Http.PostAsJsonAsync("/v1/api-keys", new { name = "made", scopes });
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["key"]!;
    }

    private static async Task<IEnumerable<string>> KeysAsync(Tenant tenant) =>
        (await tenant.Http.GetFromJsonAsync<JsonNode>("/v1/api-keys"))!["api_keys"]!.AsArray().Select(key => (string)key!["id"]!);
}
