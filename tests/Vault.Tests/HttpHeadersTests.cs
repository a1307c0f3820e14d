using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

/// <summary>The headers of tools: Deployments stores them, relays get them.</summary>
[Collection(nameof(RunningVault))]
public sealed class HttpHeadersTests(RunningVault vault)
{
    private const string MadeFor = "tool/123456789012345/book";
    private readonly V1.Credentials.CredentialsClient _deployments = new(vault.Service.CallAs("deployments"));

    [Fact]
    public async Task Headers_that_deployments_stores_are_revealed_to_the_relay_of_a_call_that_uses_them()
    {
        var project = (await vault.NewTenantAsync("credentials:read")).ProjectId;
        var headers = """{"Authorization":"Bearer t0ken","X-Odd":"\"quoted\""}""";

        var stored = await _deployments.CreateCredentialAsync(Ask(project, headers));
        var revealed = await new V1.Credentials.CredentialsClient(vault.Service.CallAs("media")).RevealCredentialAsync(new()
        {
            ProjectId = project.ToString(), Id = stored.Id, Purpose = "http-tool", Instance = "media@here",
            Grant = SignedGrant.By("calls", vault.Keys, project, [Guid.Parse(stored.Id)]),
        });

        Assert.Equal(["headers"], stored.SecretFields);
        Assert.Empty(stored.PublicFields);
        Assert.Equal(headers, Assert.Single(revealed.SecretFields).Value);
    }

    [Fact]
    public async Task As_many_headers_as_there_may_be_each_as_long_as_it_may_be_have_room()
    {
        var project = (await vault.NewTenantAsync("credentials:read")).ProjectId;
        var most = Enumerable.Range(0, 20).ToDictionary(n => $"X-{n}", _ => new string('\\', 2_000));

        var stored = await _deployments.CreateCredentialAsync(Ask(project, JsonSerializer.Serialize(most)));
        most["X-20"] = "one too many";
        var refused = await Assert.ThrowsAsync<RpcException>(() => _deployments.CreateCredentialAsync(Ask(project, JsonSerializer.Serialize(most))).ResponseAsync);

        Assert.NotEmpty(stored.Id);
        Assert.Equal("http_headers_fields", refused.Trailers.GetValue("problem-code"));
    }

    [Fact]
    public async Task What_was_made_for_the_same_and_holds_the_same_is_stored_once()
    {
        var (tenant, other) = (await vault.NewTenantAsync("credentials:read", "credentials:write"), await vault.NewTenantAsync("credentials:read"));

        var first = await StoreAsync(tenant.ProjectId, "a");
        var changed = await StoreAsync(tenant.ProjectId, "b");

        Assert.NotEqual(first, changed);
        Assert.Equal((first, changed), (await StoreAsync(tenant.ProjectId, "a"), await StoreAsync(tenant.ProjectId, "b")));
        Assert.NotEqual(first, await StoreAsync(tenant.ProjectId, "a", "tool/123456789012345/look"));
        Assert.NotEqual(await StoreAsync(tenant.ProjectId, "a", ""), await StoreAsync(tenant.ProjectId, "a", ""));
        Assert.NotEqual(first, await StoreAsync(other.ProjectId, "a"));

        (await tenant.Http.PostAsJsonAsync($"/v1/credentials/{first}/rotate", new { fields = new { headers = """{"X-Key":"c"}""" } })).EnsureSuccessStatusCode();
        (await tenant.Http.DeleteAsync($"/v1/credentials/{changed}")).EnsureSuccessStatusCode();
        Assert.DoesNotContain(await StoreAsync(tenant.ProjectId, "a"), new[] { first, changed });
        Assert.NotEqual(changed, await StoreAsync(tenant.ProjectId, "b"));
        Assert.Equal(first, await StoreAsync(tenant.ProjectId, "c"));
    }

    [Fact]
    public async Task Deployments_stores_and_sees_credentials_and_does_not_get_their_secrets()
    {
        var project = (await vault.NewTenantAsync("credentials:read")).ProjectId;
        var id = await StoreAsync(project, "a");

        var seen = await _deployments.GetCredentialAsync(new() { ProjectId = project.ToString(), Id = id });
        var refused = await Assert.ThrowsAsync<RpcException>(() => _deployments.RevealCredentialAsync(new()
        {
            ProjectId = project.ToString(), Id = id, Purpose = "http-tool", Instance = "deployments",
        }).ResponseAsync);

        Assert.Equal("http-headers", seen.Provider);
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private static CreateCredentialRequest Ask(Guid project, string headers, string madeFor = MadeFor) => new()
    {
        ProjectId = project.ToString(),
        Provider = "http-headers",
        Name = "Tool book of assistant 123456789012345",
        Fields = { ["headers"] = headers },
        MadeFor = madeFor,
    };

    private async Task<string> StoreAsync(Guid project, string value, string madeFor = MadeFor) =>
        (await _deployments.CreateCredentialAsync(Ask(project, new JsonObject { ["X-Key"] = value }.ToJsonString(), madeFor))).Id;
}
