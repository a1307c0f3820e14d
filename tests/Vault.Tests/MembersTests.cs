using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;

namespace Rapida.Vault.Tests;

[Collection(nameof(RunningVault))]
public sealed class MembersTests(RunningVault vault)
{
    [Fact]
    public async Task A_person_is_let_in_seen_given_another_role_and_taken_out()
    {
        var tenant = await NewTenantAsync();

        var ann = await AddAsync(tenant, "Ann@Example.com", "viewer");
        using var changed = await tenant.Http.PatchAsJsonAsync($"/v1/members/{ann}", new { role = "operator" });
        var seen = Assert.Single(await ListAsync(tenant));
        using var removed = await tenant.Http.DeleteAsync($"/v1/members/{ann}");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(("ann@example.com", "operator"), ((string)seen!["email"]!, (string)seen["role"]!));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await ListAsync(tenant));
    }

    [Fact]
    public async Task A_person_is_one_member_however_the_address_is_written()
    {
        var tenant = await NewTenantAsync();
        await AddAsync(tenant, "ann@example.com", "viewer");

        using var again = await tenant.Http.PostAsJsonAsync("/v1/members", new { email = "ANN@example.com", role = "admin" });

        Assert.Equal((HttpStatusCode.Conflict, "member_exists"), (again.StatusCode, await again.CodeAsync()));
    }

    [Fact]
    public async Task The_last_admin_stays_admin()
    {
        var tenant = await NewTenantAsync();
        var ann = await AddAsync(tenant, "ann@example.com", "admin");
        var bob = await AddAsync(tenant, "bob@example.com", "operator");

        using var removed = await tenant.Http.DeleteAsync($"/v1/members/{ann}");
        using var changed = await tenant.Http.PatchAsJsonAsync($"/v1/members/{ann}", new { role = "viewer" });
        using var promoted = await tenant.Http.PatchAsJsonAsync($"/v1/members/{bob}", new { role = "admin" });
        using var removedThen = await tenant.Http.DeleteAsync($"/v1/members/{ann}");

        Assert.Equal((HttpStatusCode.Conflict, "last_admin"), (removed.StatusCode, await removed.CodeAsync()));
        Assert.Equal((HttpStatusCode.Conflict, "last_admin"), (changed.StatusCode, await changed.CodeAsync()));
        Assert.Equal(HttpStatusCode.OK, promoted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, removedThen.StatusCode);
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var tenant = await NewTenantAsync();
            string[] admins = [await AddAsync(tenant, "ann@example.com", "admin"), await AddAsync(tenant, "bob@example.com", "admin")];

            var answers = await Task.WhenAll(admins.Select(admin => tenant.Http.DeleteAsync($"/v1/members/{admin}")));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            Assert.Single(await ListAsync(tenant));
        }
    }

    [Theory]
    [InlineData("ann", "viewer", "email_invalid")]
    [InlineData("Ann <ann@example.com>", "viewer", "email_invalid")]
    [InlineData(null, "viewer", "email_invalid")]
    [InlineData("ann@example.com", "owner", "role_invalid")]
    [InlineData("ann@example.com", null, "role_invalid")]
    public async Task What_is_no_address_and_no_role_is_refused(string? email, string? role, string code)
    {
        var tenant = await NewTenantAsync();

        using var answer = await tenant.Http.PostAsJsonAsync("/v1/members", new { email, role });

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.CodeAsync()));
    }

    private Task<Tenant> NewTenantAsync() => vault.NewTenantAsync(Scopes.MembersRead, Scopes.MembersWrite);

    private static async Task<string> AddAsync(Tenant tenant, string email, string role)
    {
        using var answer = await tenant.Http.PostAsJsonAsync("/v1/members", new { email, role });
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static async Task<JsonArray> ListAsync(Tenant tenant) =>
        (await tenant.Http.GetFromJsonAsync<JsonNode>("/v1/members"))!["members"]!.AsArray();
}
