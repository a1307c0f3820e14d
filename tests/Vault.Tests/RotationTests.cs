using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Rapida.Deployments.V1;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

/// <summary>What happens to a credential between the day it is stored and the day it is deleted.</summary>
public sealed class RotationTests(VaultInVirtualTime vault) : IClassFixture<VaultInVirtualTime>
{
    private const string Sid = "AC0123456789abcdef0123456789abcdef";
    private readonly V1.Credentials.CredentialsClient _calls = new(vault.Service.CallAs("calls"));

    [Fact]
    public async Task After_a_rotation_the_new_secret_counts_and_the_old_one_may_sign_for_an_hour()
    {
        var (tenant, path) = await StoredAsync("first");
        var rotatedAt = vault.Clock.GetUtcNow();

        var rotated = await RotateAsync(tenant, path, """{"fields":{"account_token":"second"}}""");
        var revealed = await RevealAsync(tenant, path);
        vault.Clock.Advance(TimeSpan.FromHours(1));
        var after = await RevealAsync(tenant, path);

        Assert.Equal(rotatedAt + TimeSpan.FromHours(1), (DateTimeOffset)rotated["previous_until"]!);
        Assert.Equal(rotatedAt, (DateTimeOffset)rotated["updated_at"]!);
        Assert.DoesNotContain("second", rotated.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("second", "first"), (revealed.SecretFields["account_token"], revealed.PreviousSecretFields["account_token"]));
        Assert.Equal(rotatedAt + TimeSpan.FromHours(1), revealed.PreviousUntil.ToDateTimeOffset());
        Assert.Equal("second", after.SecretFields["account_token"]);
        Assert.Empty(after.PreviousSecretFields);
        Assert.Null(after.PreviousUntil);
    }

    [Fact]
    public async Task When_the_grace_is_over_the_old_secret_is_wiped()
    {
        var (tenant, path) = await StoredAsync("first");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"},"grace":30}""");
        Assert.NotEqual("", await PreviousEnvelopeAsync(path));
        var mark = vault.Commands.Count;

        vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await vault.Commands.SeenAsync(mark, "ends update credentials set previous_until = null");

        Assert.Equal("", await PreviousEnvelopeAsync(path));
        Assert.Equal("second", (await RevealAsync(tenant, path)).SecretFields["account_token"]);
    }

    [Fact]
    public async Task Without_grace_a_stolen_secret_is_worthless_at_once()
    {
        var (tenant, path) = await StoredAsync("stolen");

        var rotated = await RotateAsync(tenant, path, """{"fields":{"account_token":"second"},"grace":0}""");

        Assert.Null(rotated["previous_until"]);
        Assert.Empty((await RevealAsync(tenant, path)).PreviousSecretFields);
        Assert.Equal("", await PreviousEnvelopeAsync(path));
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_may_be_repeated_and_can_only_end_the_grace_earlier()
    {
        var (tenant, path) = await StoredAsync("first");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"}}""");

        var again = await RotateAsync(tenant, path, """{"fields":{"account_token":"second"},"grace":604800}""");
        var kept = await RevealAsync(tenant, path);
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"},"grace":0}""");

        Assert.Equal(vault.Clock.GetUtcNow() + TimeSpan.FromHours(1), (DateTimeOffset)again["previous_until"]!);
        Assert.Equal("first", kept.PreviousSecretFields["account_token"]);
        Assert.Empty((await RevealAsync(tenant, path)).PreviousSecretFields);
    }

    [Fact]
    public async Task A_field_that_a_rotation_does_not_name_stays_and_null_takes_one_away()
    {
        var (tenant, path) = await StoredAsync("first");

        var added = await RotateAsync(tenant, path, """{"fields":{"api_key_sid":"SK0123456789abcdef0123456789abcdef","api_key_secret":"key"}}""");
        var withKey = await RevealAsync(tenant, path);
        var removed = await RotateAsync(tenant, path, """{"fields":{"api_key_sid":null,"api_key_secret":null}}""");

        Assert.Equal(["account_token", "api_key_secret"], added["secret_fields"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("SK0123456789abcdef0123456789abcdef", (string?)added["public_fields"]!["api_key_sid"]);
        Assert.Equal(("first", "key"), (withKey.SecretFields["account_token"], withKey.SecretFields["api_key_secret"]));
        Assert.Equal("""["account_token"]""", removed["secret_fields"]!.ToJsonString());
        Assert.Equal($"{{\"account_sid\":\"{Sid}\"}}", removed["public_fields"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{}""", "fields_missing")]
    [InlineData("""{"fields":{}}""", "fields_missing")]
    [InlineData("""{"fields":{"account_token":"x"},"grace":-1}""", "grace_out_of_range")]
    [InlineData("""{"fields":{"account_token":"x"},"grace":604801}""", "grace_out_of_range")]
    [InlineData("""{"fields":{"account_token":"x"},"grace":"soon"}""", "bad_request")]
    [InlineData("""{"fields":{"account_token":"x y"}}""", "account_token_invalid")]
    [InlineData("""{"fields":{"account_token":null}}""", "twilio_fields")]
    [InlineData("""{"fields":{"api_key_secret":"x"}}""", "api_key_incomplete")]
    [InlineData("""{"fields":{"account_sid":"AC00000000000000000000000000000000","account_token":"x"}}""", "account_sid_fixed")]
    public async Task What_is_wrong_with_a_rotation_is_said_and_nothing_changes(string body, string code)
    {
        var (tenant, path) = await StoredAsync("first");

        var refused = await tenant.Http.PostAsync($"{path}/rotate", Json(body));

        Assert.Equal((HttpStatusCode.BadRequest, code), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Equal("first", (await RevealAsync(tenant, path)).SecretFields["account_token"]);
    }

    [Fact]
    public async Task A_credential_in_use_is_not_deleted_and_the_answer_says_by_whom()
    {
        var (tenant, path) = await StoredAsync("first");
        vault.Peers.Use(
            tenant.ProjectId, IdOf(path), new CredentialUse { AssistantId = "123456789012345", AssistantName = "Clinic", Place = "phone_deployment" });

        var refused = await tenant.Http.DeleteAsync(path);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;
        vault.Peers.Use(tenant.ProjectId, IdOf(path));
        var deleted = await tenant.Http.DeleteAsync(path);

        Assert.Equal((HttpStatusCode.Conflict, "credential_in_use"), (refused.StatusCode, (string?)problem["code"]));
        Assert.Contains("Clinic (123456789012345: phone_deployment)", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task A_deleted_credential_is_gone_but_for_its_audit()
    {
        var (tenant, path) = await StoredAsync("first");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"}}""");
        await RevealAsync(tenant, path);

        await tenant.Http.DeleteAsync(path);

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => RevealAsync(tenant, path));
        Assert.Equal(Grpc.Core.StatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Http.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Http.DeleteAsync(path)).StatusCode);
        Assert.Equal("""{"credentials":[],"next_page_token":null}""", await tenant.Http.GetStringAsync("/v1/credentials"));
        Assert.Equal("", await PreviousEnvelopeAsync(path));
        Assert.Equal("", await ReadAsync(
            $"select encode(secret_fields_ciphertext || secret_fields_wrapped_key, 'hex') from credentials where id = '{IdOf(path)}'"));
        Assert.Contains("\"purpose\":\"verify-webhook\"", await tenant.Http.GetStringAsync($"{path}/leases"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leases_are_listed_newest_first_in_pages_and_the_newest_is_when_it_was_last_used()
    {
        var (tenant, path) = await StoredAsync("first");
        var unused = JsonNode.Parse(await tenant.Http.GetStringAsync(path))!;
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            vault.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Insert(0, (await RevealAsync(tenant, path)).LeaseId);
        }

        var first = JsonNode.Parse(await tenant.Http.GetStringAsync($"{path}/leases?page_size=2"))!;
        var second = JsonNode.Parse(await tenant.Http.GetStringAsync($"{path}/leases?page_size=2&page_token={first["next_page_token"]}"))!;
        var used = JsonNode.Parse(await tenant.Http.GetStringAsync(path))!;
        var bad = await tenant.Http.GetAsync($"{path}/leases?page_size=101");

        Assert.Equal(ids, new[] { first, second }.SelectMany(page => page["leases"]!.AsArray()).Select(lease => (string)lease!["id"]!));
        Assert.Null(second["next_page_token"]);
        var newest = first["leases"]![0]!;
        Assert.Equal(("verify-webhook", "calls", "calls-7"), ((string?)newest["purpose"], (string?)newest["caller"], (string?)newest["instance"]));
        Assert.Null(unused["last_used_at"]);
        Assert.Equal((DateTimeOffset)newest["created_at"]!, (DateTimeOffset)used["last_used_at"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "page_invalid"), (bad.StatusCode, await bad.CodeAsync()));
    }

    [Fact]
    public async Task A_relay_is_not_told_the_secret_before_the_rotation()
    {
        var (tenant, path) = await StoredAsync("first");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"}}""");
        var request = Ask(tenant, path);
        request.Grant = SignedGrant.By("calls", vault.Keys, tenant.ProjectId, [Guid.Parse(IdOf(path))]);

        var revealed = await new V1.Credentials.CredentialsClient(vault.Service.CallAs("media")).RevealCredentialAsync(request);

        Assert.Equal("second", revealed.SecretFields["account_token"]);
        Assert.Empty(revealed.PreviousSecretFields);
    }

    [Fact]
    public async Task A_replaced_secret_that_is_put_back_in_the_database_stays_shut()
    {
        vault.Service.Logs.Expect(9001);
        var (tenant, path) = await StoredAsync("first");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"second"}}""");
        await ReadAsync(
            $"""
            update credentials set secret_fields_ciphertext = previous_secret_fields_ciphertext,
                secret_fields_wrapped_key = previous_secret_fields_wrapped_key where id = '{IdOf(path)}' returning ''
            """);

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => RevealAsync(tenant, path));

        Assert.Equal(Grpc.Core.StatusCode.Internal, refused.StatusCode);
    }

    [Fact]
    public async Task Rows_of_an_older_version_are_given_the_names_of_their_secret_fields()
    {
        var (tenant, path) = await StoredAsync("first");
        await ReadAsync($"update credentials set secret_field_names = null where id = '{IdOf(path)}' returning ''");
        var mark = vault.Commands.Count;

        vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await vault.Commands.SeenAsync(mark, "ends UPDATE credentials SET secret_field_names");
        // What the sweep has written is committed before it begins again.
        mark = vault.Commands.Count;
        vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await vault.Commands.SeenAsync(mark, "begins update credentials set previous_until");

        Assert.Contains("\"secret_fields\":[\"account_token\"]", await tenant.Http.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_rotated_secret_is_in_a_log()
    {
        var (tenant, path) = await StoredAsync("5ecret0before");
        await RotateAsync(tenant, path, """{"fields":{"account_token":"5ecret0after"}}""");
        await RevealAsync(tenant, path);

        Assert.DoesNotContain(vault.Service.Logs.Lines, line => $"{line.Text} {line.Exception}".Contains("5ecret0", StringComparison.Ordinal));
    }

    private async Task<(Tenant Tenant, string Path)> StoredAsync(string token)
    {
        var tenant = await vault.NewTenantAsync("credentials:read", "credentials:write");
        var created = await tenant.Http.PostAsJsonAsync(
            "/v1/credentials", new { provider = "twilio", name = "Production Twilio", fields = new { account_sid = Sid, account_token = token } });
        return (tenant, $"{created.Headers.Location}");
    }

    private static async Task<JsonNode> RotateAsync(Tenant tenant, string path, string body)
    {
        var rotated = await tenant.Http.PostAsync($"{path}/rotate", Json(body));
        Assert.Equal(HttpStatusCode.OK, rotated.StatusCode);
        return (await rotated.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<RevealCredentialResponse> RevealAsync(Tenant tenant, string path) => await _calls.RevealCredentialAsync(Ask(tenant, path));

    private static RevealCredentialRequest Ask(Tenant tenant, string path) => new()
    {
        ProjectId = tenant.ProjectId.ToString(),
        Id = IdOf(path),
        Purpose = "verify-webhook",
        Instance = "calls-7",
    };

    private static string IdOf(string path) => path.Split('/')[^1];

    private static StringContent Json(string body) => new(body, null, "application/json");

    private Task<string> PreviousEnvelopeAsync(string path) => ReadAsync(
        $"""
        select coalesce(previous_secret_fields_ring_key_id || encode(previous_secret_fields_ciphertext || previous_secret_fields_wrapped_key, 'hex'), '')
        from credentials where id = '{IdOf(path)}'
        """);

    private async Task<string> ReadAsync(string sql)
    {
        await using var connection = await vault.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
