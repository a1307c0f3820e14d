using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

[Collection(nameof(RunningVault))]
public sealed class ApiKeysTests(RunningVault vault)
{
    private readonly V1.ApiKeys.ApiKeysClient _deployments = new(vault.Service.CallAs("deployments"));

    [Fact]
    public async Task A_key_is_shown_once_and_tells_its_holder()
    {
        var tenant = await vault.NewTenantAsync("api-keys:write", "calls:read");

        var made = await MakeAsync(tenant, "calls:read");
        var key = made["key"]!.GetValue<string>();
        var known = await _deployments.AuthenticateAsync(new() { Key = key });
        var list = await tenant.Http.GetStringAsync("/v1/api-keys");

        Assert.True(known.Known);
        Assert.Equal(tenant.ProjectId.ToString(), known.ProjectId);
        Assert.Equal(made["api_key"]!["id"]!.GetValue<string>(), known.ApiKeyId);
        Assert.Equal(["calls:read"], known.Scopes);
        Assert.Null(known.ExpiresAt);
        Assert.Contains(key[..17], list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[17..], list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_come_in_pages_the_newest_last()
    {
        var tenant = await vault.NewTenantAsync("api-keys:write", "calls:read");
        var made = new List<string>();
        for (var i = 0; i < 4; i++)
            made.Add((string)(await MakeAsync(tenant, "calls:read"))["api_key"]!["id"]!);

        var listed = await Pages.ReadAsync(tenant.Http, "/v1/api-keys", "api_keys", 2);

        // The first is the tenant's own.
        Assert.Equal(made, listed.Skip(1).Select(key => (string)key["id"]!));
    }

    [Fact]
    public async Task A_mistyped_key_costs_no_query()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        var key = tenant.Key.Reveal();
        var mistyped = key[..^1] + (key[^1] == 'a' ? 'b' : 'a');
        var mark = vault.Commands.Count;

        var answer = await _deployments.AuthenticateAsync(new() { Key = mistyped });

        Assert.False(answer.Known);
        Assert.DoesNotContain(vault.Commands.Since(mark), line => line.Contains("lookup_id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_costs_one_query()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        var mark = vault.Commands.Count;

        Assert.True((await _deployments.AuthenticateAsync(new() { Key = tenant.Key.Reveal() })).Known);

        Assert.Single(vault.Commands.Since(mark), line => line.StartsWith("begins SELECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_well_formed_key_that_was_never_given_is_unknown_also_with_a_lookup_id_that_was()
    {
        var (known, other) = (ApiKeyText.Generate(), ApiKeyText.Generate());
        var tenant = await vault.NewTenantAsync("calls:read");
        await using (var db = vault.NewDbContext())
        {
            await vault.ImportAsync(db, tenant.ProjectId, known, "calls:read");
            await db.ApiKeys.Where(key => key.LookupId == known.LookupId)
                .ExecuteUpdateAsync(key => key.SetProperty(row => row.LookupId, other.LookupId));
        }

        Assert.False((await _deployments.AuthenticateAsync(new() { Key = other.Reveal() })).Known);
        Assert.False((await _deployments.AuthenticateAsync(new() { Key = ApiKeyText.Generate().Reveal() })).Known);
        Assert.False((await _deployments.AuthenticateAsync(new() { Key = "" })).Known);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_everybody_is_told_once()
    {
        var tenant = await vault.NewTenantAsync("api-keys:write", "calls:read");
        var made = await MakeAsync(tenant, "calls:read");
        var id = made["api_key"]!["id"]!.GetValue<string>();
        await using var ears = await HeardEvents.OnAsync(vault.BrokerUri, "rapida.api-key-revoked.v1");

        var revoked = await tenant.Http.DeleteAsync($"/v1/api-keys/{id}");
        var again = await tenant.Http.DeleteAsync($"/v1/api-keys/{id}");

        Assert.False((await _deployments.AuthenticateAsync(new() { Key = made["key"]!.GetValue<string>() })).Known);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(await revoked.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var heard = await ears.NextAsync();
        Assert.Equal(id, heard["aggregateId"]!.GetValue<string>());
        Assert.Equal(tenant.ProjectId.ToString(), heard["projectId"]!.GetValue<string>());
        Assert.Equal(1, heard["sequence"]!.GetValue<long>());

        // The outbox is published in order: what comes next is another key's, so there was no second message.
        await tenant.Http.DeleteAsync($"/v1/api-keys/{(await MakeAsync(tenant, "calls:read"))["api_key"]!["id"]}");
        Assert.NotEqual(id, (await ears.NextAsync())["aggregateId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_tenants_key_can_be_neither_seen_nor_revoked()
    {
        var owner = await vault.NewTenantAsync("api-keys:write", "calls:read");
        var stranger = await vault.NewTenantAsync("api-keys:write");
        var made = await MakeAsync(owner, "calls:read");

        var foreign = await stranger.Http.DeleteAsync($"/v1/api-keys/{made["api_key"]!["id"]}");
        var unknown = await stranger.Http.DeleteAsync($"/v1/api-keys/{Guid.NewGuid()}");

        Assert.Equal((HttpStatusCode.NotFound, "api_key_unknown"), (foreign.StatusCode, await foreign.CodeAsync()));
        Assert.Equal(await unknown.WithoutTraceAsync(), await foreign.WithoutTraceAsync());
        Assert.True((await _deployments.AuthenticateAsync(new() { Key = made["key"]!.GetValue<string>() })).Known);
        Assert.DoesNotContain($"{made["api_key"]!["id"]}", await stranger.Http.GetStringAsync("/v1/api-keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_key_is_unknown()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        await using (var db = vault.NewDbContext())
        {
            await db.ApiKeys.Where(key => key.ProjectId == tenant.ProjectId)
                .ExecuteUpdateAsync(key => key.SetProperty(row => row.ExpiresAt, TimeProvider.System.GetUtcNow()));
        }

        Assert.False((await _deployments.AuthenticateAsync(new() { Key = tenant.Key.Reveal() })).Known);
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_written_down_once_a_minute_at_most()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        var mark = vault.Commands.Count;

        await _deployments.AuthenticateAsync(new() { Key = tenant.Key.Reveal() });
        await vault.Commands.SeenAsync(mark, "ends UPDATE api_keys");
        var first = await LastUsedAsync(tenant);
        var secondMark = vault.Commands.Count;
        await _deployments.AuthenticateAsync(new() { Key = tenant.Key.Reveal() });
        // Another key's note comes after this key's would have: when that one is written, this one was not.
        var other = await vault.NewTenantAsync("calls:read");
        await _deployments.AuthenticateAsync(new() { Key = other.Key.Reveal() });
        await vault.Commands.SeenAsync(secondMark, "ends UPDATE api_keys");

        Assert.NotNull(first);
        Assert.Equal(first, await LastUsedAsync(tenant));
    }

    [Theory]
    [InlineData("""{"scopes":["calls:read"]}""", 400, "name_invalid")]
    [InlineData("""{"name":"x"}""", 400, "scopes_missing")]
    [InlineData("""{"name":"x","scopes":[]}""", 400, "scopes_missing")]
    [InlineData("""{"name":"x","scopes":[null]}""", 400, "scope_unknown")]
    [InlineData("""{"name":"x","scopes":["calls:read","everything"]}""", 400, "scope_unknown")]
    [InlineData("""{"name":"x","scopes":["webhook","calls:read"]}""", 400, "webhook_stands_alone")]
    [InlineData("""{"name":"x","scopes":["calls:read"],"expires_at":"2020-01-01T00:00:00Z"}""", 400, "expires_at_invalid")]
    [InlineData("""{"name":"x","scopes":["calls:write"]}""", 403, "scope_not_held")]
    public async Task What_is_wrong_with_a_key_is_said(string body, int status, string code)
    {
        var tenant = await vault.NewTenantAsync("api-keys:write", "calls:read");

        var refused = await tenant.Http.PostAsync("/v1/api-keys", new StringContent(body, null, "application/json"));

        Assert.Equal((status, code), ((int)refused.StatusCode, await refused.CodeAsync()));
    }

    [Fact]
    public async Task A_seed_that_runs_again_changes_nothing()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        await using var db = vault.NewDbContext();
        var before = await db.ApiKeys.AsNoTracking().SingleAsync(key => key.ProjectId == tenant.ProjectId);

        await new Projects.EnsureProject(db, TimeProvider.System).ExecuteAsync(tenant.ProjectId, "Acme", "Support", default);
        await vault.ImportAsync(db, tenant.ProjectId, tenant.Key, "calls:read", "calls:write");

        var after = await db.ApiKeys.AsNoTracking().SingleAsync(key => key.ProjectId == tenant.ProjectId);
        Assert.Equivalent(before, after);
    }

    private static async Task<JsonNode> MakeAsync(Tenant tenant, string scope)
    {
        var made = await tenant.Http.PostAsJsonAsync("/v1/api-keys", new { name = "made", scopes = new[] { scope } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<DateTimeOffset?> LastUsedAsync(Tenant tenant)
    {
        await using var db = vault.NewDbContext();
        return (await db.ApiKeys.AsNoTracking().SingleAsync(key => key.ProjectId == tenant.ProjectId)).LastUsedAt;
    }
}
