using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Rapida.Testing;

namespace Rapida.Vault.Tests;

[Collection(nameof(RunningVault))]
public sealed class CredentialsTests(RunningVault vault)
{
    private const string Sid = "AC0123456789abcdef0123456789abcdef";
    private const string Token = "5ecre7t0ken5ecre7t0ken5ecre7t0ke";

    [Fact]
    public async Task A_stored_credential_shows_its_public_fields_and_never_a_secret()
    {
        var tenant = await vault.NewTenantAsync("credentials:read", "credentials:write");

        var created = await tenant.Http.PostAsJsonAsync("/v1/credentials", Twilio());
        var location = created.Headers.Location!;
        var answers = new[]
        {
            await created.Content.ReadAsStringAsync(),
            await tenant.Http.GetStringAsync(location),
            await tenant.Http.GetStringAsync("/v1/credentials"),
        };

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.All(answers, answer => Assert.Contains($"\"account_sid\":\"{Sid}\"", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain(Token, answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Contains("\"secret_fields\":[\"account_token\"]", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_come_in_pages_the_newest_last_and_a_project_s_own_only()
    {
        var (tenant, stranger) = (await vault.NewTenantAsync("credentials:read", "credentials:write"), await vault.NewTenantAsync("credentials:write"));
        (await stranger.Http.PostAsJsonAsync("/v1/credentials", Twilio())).EnsureSuccessStatusCode();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add((await tenant.Http.PostAsJsonAsync("/v1/credentials", Twilio())).Headers.Location!.OriginalString);

        var listed = await Pages.ReadAsync(tenant.Http, "/v1/credentials", "credentials", 2);

        Assert.Equal(made, listed.Select(credential => $"/v1/credentials/{credential["id"]}"));
    }

    [Theory]
    [InlineData("page_size=0")]
    [InlineData("page_size=101")]
    [InlineData("page_token=x")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        var tenant = await vault.NewTenantAsync("credentials:read", "api-keys:write");

        foreach (var path in new[] { "credentials", "api-keys" })
        {
            var refused = await tenant.Http.GetAsync($"/v1/{path}?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, "page_invalid"), (refused.StatusCode, await refused.CodeAsync()));
        }
    }

    [Fact]
    public async Task No_column_of_the_database_holds_a_secret_or_a_key_in_clear()
    {
        var tenant = await vault.NewTenantAsync("credentials:write", "api-keys:write");
        (await tenant.Http.PostAsJsonAsync("/v1/credentials", Twilio())).EnsureSuccessStatusCode();
        var made = await tenant.Http.PostAsJsonAsync("/v1/api-keys", new { name = "another", scopes = new[] { "webhook" } });
        var key = (await made.Content.ReadFromJsonAsync<JsonNode>())!["key"]!.GetValue<string>();

        var rows = await EverythingAsync();

        foreach (var secret in new[] { Token, key, key.Split('-')[2], tenant.Key.Reveal(), tenant.Key.Reveal().Split('-')[2] })
        {
            Assert.DoesNotContain(secret, rows, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(secret)), rows, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(Sid, rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_an_unknown_provider_are_secret_but_for_the_few_that_never_are()
    {
        var tenant = await vault.NewTenantAsync("credentials:write");

        var created = await tenant.Http.PostAsJsonAsync("/v1/credentials", new
        {
            provider = "some-speech",
            name = "Speech",
            fields = new { api_key = "abc", region = "eu-west-1" },
        });
        var fields = (await created.Content.ReadFromJsonAsync<JsonNode>())!["public_fields"]!;

        Assert.Equal("""{"region":"eu-west-1"}""", fields.ToJsonString());
    }

    [Theory]
    [InlineData("""{"provider":"Twilio","name":"x","fields":{"a":"b"}}""", "provider_invalid")]
    [InlineData("""{"name":"x","fields":{"a":"b"}}""", "provider_invalid")]
    [InlineData("""{"provider":"twilio","name":" ","fields":{"a":"b"}}""", "name_invalid")]
    [InlineData("""{"provider":"twilio","name":"a\u0000b","fields":{"a":"b"}}""", "name_invalid")]
    [InlineData("""{"provider":"twilio","name":"x"}""", "fields_missing")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{}}""", "fields_missing")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef"}}""", "twilio_fields")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC012","account_token":"t"}}""", "account_sid_invalid")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef","account_token":" t"}}""", "account_token_invalid")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef","account_token":"t","region":"us1"}}""", "twilio_fields")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef","account_token":"t","api_key_secret":"s"}}""", "api_key_incomplete")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef","account_token":"t","api_key_sid":"SK1","api_key_secret":"s"}}""", "api_key_sid_invalid")]
    [InlineData("""{"provider":"twilio","name":"x","fields":{"account_sid":"AC0123456789abcdef0123456789abcdef","account_token":"t","api_key_sid":"SK0123456789abcdef0123456789abcdef","api_key_secret":"s s"}}""", "api_key_secret_invalid")]
    [InlineData("""{"provider":"speech","name":"x","fields":{"Api Key":"t"}}""", "field_invalid")]
    [InlineData("""{"provider":"speech","name":"x","fields":{"api_key":""}}""", "field_invalid")]
    [InlineData("""{"provider":"speech","name":"x","fields":{"api_key":null}}""", "field_invalid")]
    [InlineData("""{"provider":"speech","name":"x","fields":{"region":"a\u0000"}}""", "field_invalid")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"authorization":"Bearer t"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{}","region":"eu"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"Authorization: Bearer t"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{}"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"null"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":1}"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":\"\\ud800\"}"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":\"b\",\"A\":\"c\"}"}}""", "http_headers_fields")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":\"b\",\"a\":\"c\"}"}}""", "header_name_invalid")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A b\":\"c\"}"}}""", "header_name_invalid")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"host\":\"b\"}"}}""", "header_not_allowed")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"Transfer-Encoding\":\"b\"}"}}""", "header_not_allowed")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":\"b\\r\\nC: d\"}"}}""", "header_value_invalid")]
    [InlineData("""{"provider":"http-headers","name":"x","fields":{"headers":"{\"A\":null}"}}""", "header_value_invalid")]
    [InlineData("""{"provider":7}""", "bad_request")]
    public async Task What_is_wrong_with_a_credential_is_said(string body, string code)
    {
        var tenant = await vault.NewTenantAsync("credentials:write");

        var refused = await tenant.Http.PostAsync("/v1/credentials", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(code, await refused.CodeAsync());
    }

    [Fact]
    public async Task Another_tenants_credential_is_as_unknown_as_one_that_does_not_exist()
    {
        var owner = await vault.NewTenantAsync("credentials:read", "credentials:write");
        var stranger = await vault.NewTenantAsync("credentials:read", "credentials:write");
        var location = (await owner.Http.PostAsJsonAsync("/v1/credentials", Twilio())).Headers.Location!;

        foreach (var send in new Func<string, Task<HttpResponseMessage>>[]
                 {
                     path => stranger.Http.GetAsync(path),
                     path => stranger.Http.PatchAsJsonAsync(path, new { name = "Mine" }),
                     path => stranger.Http.PatchAsJsonAsync(path, new { name = "" }),
                     path => stranger.Http.PostAsJsonAsync($"{path}/rotate", new { fields = new { account_token = "mine" } }),
                     path => stranger.Http.PostAsJsonAsync($"{path}/rotate", new { fields = new { account_sid = "mine" } }),
                     path => stranger.Http.PostAsync($"{path}/verify", null),
                     path => stranger.Http.DeleteAsync(path),
                     path => stranger.Http.GetAsync($"{path}/leases"),
                     path => stranger.Http.GetAsync($"{path}/leases?page_size=0"),
                 })
        {
            var foreign = await send($"{location}");
            Assert.Equal((HttpStatusCode.NotFound, "credential_unknown"), (foreign.StatusCode, await foreign.CodeAsync()));
            foreach (var other in new[] { $"{Guid.NewGuid()}", "nonsense" })
                Assert.Equal(await (await send($"/v1/credentials/{other}")).WithoutTraceAsync(), await foreign.WithoutTraceAsync());
        }

        Assert.Equal("""{"credentials":[],"next_page_token":null}""", await stranger.Http.GetStringAsync("/v1/credentials"));
    }

    [Fact]
    public async Task Rename_rotation_and_deletion_are_announced_with_the_credentials_own_count()
    {
        var tenant = await vault.NewTenantAsync("credentials:write");
        var path = (await tenant.Http.PostAsJsonAsync("/v1/credentials", Twilio())).Headers.Location!;
        await using var ears = await HeardEvents.OnAsync(vault.BrokerUri, "rapida.credential-changed.v1");

        var renamed = await tenant.Http.PatchAsJsonAsync(path, new { name = "Front desk" });
        var rotated = await tenant.Http.PostAsJsonAsync($"{path}/rotate", new { fields = new { account_token = "an0ther" } });
        var deleted = await tenant.Http.DeleteAsync(path);

        Assert.Contains("\"name\":\"Front desk\"", await renamed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (rotated.StatusCode, deleted.StatusCode));
        foreach (var sequence in new[] { 1, 2, 3 })
        {
            var heard = await ears.NextAsync();
            Assert.Equal(($"{path}", $"{tenant.ProjectId}"), ($"/v1/credentials/{heard["aggregateId"]}", (string?)heard["projectId"]));
            Assert.Equal(sequence, (int?)heard["sequence"]);
            Assert.DoesNotContain("an0ther", heard.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/v1/credentials")]
    [InlineData("GET", "/v1/credentials")]
    [InlineData("GET", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000")]
    [InlineData("PATCH", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000")]
    [InlineData("POST", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000/rotate")]
    [InlineData("POST", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000/verify")]
    [InlineData("DELETE", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000")]
    [InlineData("GET", "/v1/credentials/0199e0a4-0000-7000-8000-000000000000/leases")]
    [InlineData("POST", "/v1/api-keys")]
    [InlineData("GET", "/v1/api-keys")]
    [InlineData("DELETE", "/v1/api-keys/0199e0a4-0000-7000-8000-000000000000")]
    public async Task A_key_without_the_scope_is_refused_and_so_is_nobody(string method, string path)
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        using var nobody = vault.Service.NewHttpClient();

        var wrong = await tenant.Http.SendAsync(Request());
        var none = await nobody.SendAsync(Request());

        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (wrong.StatusCode, await wrong.CodeAsync()));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (none.StatusCode, await none.CodeAsync()));

        HttpRequestMessage Request() => new(new(method), path) { Content = method is "POST" or "PATCH" ? JsonContent.Create(new { }) : null };
    }

    private static object Twilio() => new
    {
        provider = "twilio",
        name = "Production Twilio",
        fields = new { account_sid = Sid, account_token = Token },
    };

    private async Task<string> EverythingAsync()
    {
        await using var connection = await vault.ConnectAsync();
        var all = new System.Text.StringBuilder();
        foreach (var table in new[] { "organisations", "projects", "api_keys", "credentials", "leases", "outbox", "inbox" })
        {
            await using var command = new NpgsqlCommand($"select string_agg(t::text, ' ') from {table} t", connection);
            all.Append(await command.ExecuteScalarAsync());
        }

        return all.ToString();
    }
}
