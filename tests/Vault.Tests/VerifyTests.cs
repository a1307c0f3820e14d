using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapida.Calls.V1;
using Rapida.Testing;

namespace Rapida.Vault.Tests;

[Collection(nameof(RunningVault))]
public sealed class VerifyTests(RunningVault vault)
{
    private static readonly VerifyCredentialResponse Refused = new() { Reason = "auth_token_refused", Detail = "Twilio does not take it." };

    [Fact]
    public async Task A_new_credential_is_unverified_and_then_what_the_carrier_says()
    {
        var (tenant, path, id) = await StoredAsync();
        var before = JsonNode.Parse(await tenant.Http.GetStringAsync(path))!;

        vault.Peers.Say(id, () => Task.FromResult(Refused));
        var failing = await VerifyAsync(tenant, path);
        vault.Peers.Say(id, () => Task.FromResult(new VerifyCredentialResponse { Connected = true }));
        var connected = await VerifyAsync(tenant, path);

        Assert.Equal(("unverified", null), StatusOf(before));
        Assert.Null(before["verified_at"]);
        Assert.Equal(("failing", "auth_token_refused"), StatusOf(failing));
        Assert.Equal("Twilio does not take it.", (string?)failing["status_detail"]);
        Assert.NotNull(failing["verified_at"]);
        Assert.Equal(("connected", null), StatusOf(connected));
        Assert.Null(connected["status_detail"]);
        Assert.Equal(("connected", null), StatusOf(JsonNode.Parse(await tenant.Http.GetStringAsync(path))!));
    }

    [Fact]
    public async Task A_rotation_makes_it_unverified_again()
    {
        var (tenant, path, id) = await StoredAsync();
        vault.Peers.Say(id, () => Task.FromResult(Refused));
        await VerifyAsync(tenant, path);

        var rotated = await RotateAsync(tenant, path);

        Assert.Equal(("unverified", null), StatusOf(rotated));
        Assert.Null(rotated["verified_at"]);
    }

    [Fact]
    public async Task An_answer_about_a_secret_that_was_rotated_meanwhile_is_not_kept()
    {
        var (tenant, path, id) = await StoredAsync();
        vault.Peers.Say(id, async () =>
        {
            await RotateAsync(tenant, path);
            return Refused;
        });

        Assert.Equal(("unverified", null), StatusOf(await VerifyAsync(tenant, path)));
    }

    [Fact]
    public async Task Only_a_carriers_credential_can_be_verified()
    {
        var tenant = await vault.NewTenantAsync("credentials:write");
        var stored = await tenant.Http.PostAsJsonAsync(
            "/v1/credentials", new { provider = "some-speech", name = "Speech", fields = new { api_key = "abc" } });

        var refused = await tenant.Http.PostAsync($"{stored.Headers.Location}/verify", null);

        Assert.Equal((HttpStatusCode.BadRequest, "provider_not_verifiable"), (refused.StatusCode, await refused.CodeAsync()));
    }

    private static (string?, string?) StatusOf(JsonNode credential) => ((string?)credential["status"], (string?)credential["status_reason"]);

    private static async Task<JsonNode> VerifyAsync(Tenant tenant, string path) => await ReadAsync(await tenant.Http.PostAsync($"{path}/verify", null));

    private static async Task<JsonNode> RotateAsync(Tenant tenant, string path) =>
        await ReadAsync(await tenant.Http.PostAsJsonAsync($"{path}/rotate", new { fields = new { account_token = "an0ther" } }));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<(Tenant Tenant, string Path, string Id)> StoredAsync()
    {
        var tenant = await vault.NewTenantAsync("credentials:read", "credentials:write");
        var fields = new { account_sid = "AC0123456789abcdef0123456789abcdef", account_token = "t0ken" };
        var stored = await tenant.Http.PostAsJsonAsync("/v1/credentials", new { provider = "twilio", name = "Production Twilio", fields });
        var path = $"{stored.Headers.Location}";
        return (tenant, path, path.Split('/')[^1]);
    }
}
