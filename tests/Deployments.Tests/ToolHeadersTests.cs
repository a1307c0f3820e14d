using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

/// <summary>The headers of a tool are secrets: Vault has them, and this database does not.</summary>
[Collection(nameof(RunningDeployments))]
public sealed class ToolHeadersTests(RunningDeployments deployments)
{
    private readonly Guid _project = Guid.NewGuid();
    private readonly string _key = $"Bearer {Guid.NewGuid():N}{Guid.NewGuid():N}";

    [Fact]
    public async Task A_value_is_in_no_row_no_answer_and_no_log_and_Vault_has_it()
    {
        var id = await AssistantAsync();

        var answer = await SaveAsync(id, Tool("book", ("Authorization", _key), ("X-Tenant", "\"7\"")));

        Assert.Equal("""{"Authorization":"***","X-Tenant":"***"}""", HeadersOf(answer).ToJsonString());
        Assert.Null(answer["tools"]![0]!["credential_id"]);
        var (_, stored) = Assert.Single(deployments.Vault.StoredFor(_project));
        Assert.Equal(
            ("http-headers", $"Tool book of assistant {id}", $$"""{"Authorization":"{{_key}}","X-Tenant":"\"7\""}"""),
            (stored.Provider, stored.Name, stored.Fields["headers"]));
        await AssertNowhereAsync(_key, answer.ToJsonString());
    }

    [Fact]
    public async Task What_was_answered_can_be_written_back_and_keeps_the_values()
    {
        var id = await AssistantAsync();
        var first = await SaveAsync(id, Tool("book", ("Authorization", _key), ("X-Tenant", "7")));

        var second = await SaveAsync(id, first["tools"]![0]!.ToJsonString());
        var fewer = await SaveAsync(id, Tool("book", ("authorization", "***")));

        Assert.Equal(first["tools"]!.ToJsonString(), second["tools"]!.ToJsonString());
        Assert.Equal("""{"authorization":"***"}""", HeadersOf(fewer).ToJsonString());
        var (credential, _) = Assert.Single(deployments.Vault.StoredFor(_project));
        Assert.Equal((credential, "authorization"), await LiveAsync(id));
        await RefusedAsync(id, Tool("book", ("Authorization", "***"), ("X-Tenant", "***")), "Give their values");
        await RefusedAsync(id, Tool("book", ("authorization", "***"), ("X-New", "8")), "all headers or none");
        await RefusedAsync(id, Tool("look", ("authorization", "***")), "Give their values");
    }

    [Fact]
    public async Task The_same_headers_again_are_stored_once_and_others_beside_them()
    {
        var id = await AssistantAsync();

        await SaveAsync(id, Tool("book", ("X-Key", "a")));
        await SaveAsync(id, Tool("book", ("X-Key", "a")));
        Assert.Single(deployments.Vault.StoredFor(_project));

        await SaveAsync(id, Tool("book", ("X-Key", "b")));
        Assert.Equal(2, deployments.Vault.StoredFor(_project).Count);
        Assert.Equal(deployments.Vault.StoredFor(_project)[1].Id, (await LiveAsync(id)).CredentialId);
    }

    [Fact]
    public async Task A_credential_that_was_stored_before_is_named_and_shown_when_it_is_of_headers_and_ours()
    {
        var id = await AssistantAsync();
        var (headers, twilio, foreign) = (
            deployments.Vault.Store(_project, "http-headers"), deployments.Vault.Store(_project, "twilio"),
            deployments.Vault.Store(Guid.NewGuid(), "http-headers"));

        var answer = await SaveAsync(id, Named(headers));

        Assert.Equal(headers, (string?)answer["tools"]![0]!["credential_id"]);
        Assert.Equal("{}", HeadersOf(answer).ToJsonString());
        Assert.Equal((headers, null), await LiveAsync(id));
        await SaveAsync(id, answer["tools"]![0]!.ToJsonString());
        await RefusedAsync(id, Named(twilio), "no credential of http-headers");
        await RefusedAsync(id, Named(foreign), "no credential of http-headers");
        await RefusedAsync(id, Tool("book", ("X-Key", "***")), "Give their values");
    }

    [Fact]
    public async Task While_Vault_is_away_nothing_is_saved_and_the_tenant_is_told_to_come_again()
    {
        deployments.Service.Logs.Expect(9002);
        var id = await AssistantAsync();
        deployments.Vault.Refusals[_project.ToString()] = StatusCode.Unavailable;

        var refused = await PostAsync(id, Tool("book", ("Authorization", _key)));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Equal(0, (int)JsonNode.Parse(await Tenant().GetStringAsync($"/v1/assistants/{id}"))!["live_version"]!);
        await AssertNowhereAsync(_key);
    }

    [Fact]
    public async Task Another_projects_assistant_is_unknown_before_anything_is_stored()
    {
        var id = await AssistantAsync();
        var stranger = Guid.NewGuid();
        using var http = deployments.NewTenant(stranger);

        var refused = await http.PostAsync($"/v1/assistants/{id}/versions", Json(Tool("book", ("Authorization", _key))));

        Assert.Equal((HttpStatusCode.NotFound, "assistant_unknown"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Empty(deployments.Vault.StoredFor(stranger));
    }

    [Fact]
    public async Task Headers_of_an_older_version_are_moved_to_Vault_as_soon_as_it_answers()
    {
        var (id, other) = (await AssistantAsync(), await AssistantAsync());
        await SaveAsync(id, Tool("book", ("X-Tenant", "7")));
        await SaveAsync(id, Tool("book", ("X-Tenant", "7")));
        await SaveAsync(other, Tool("book", ("X-Tenant", "7")));
        deployments.Vault.Refusals[_project.ToString()] = StatusCode.Unavailable;
        var stored = deployments.Vault.StoredFor(_project).Count;
        // As it was written before headers were secrets.
        await deployments.ExecuteAsync(
            $$$"""
            update assistant_versions set tools = jsonb_build_array(jsonb_build_object(
                'name', 'book', 'description', 'Books.', 'parameters', '{"type":"object"}', 'url', 'https://example.com/', 'method', 'PUT',
                'headers', jsonb_build_object('Authorization', '{{{_key}}}'), 'timeout', '00:00:05'))
            where assistant_id = {{{id}}}
            """);
        Assert.Contains(_key, await deployments.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(("", null), await LiveAsync(id));

        var clock = new ManualTimeProvider();
        await using var later = deployments.NewInstance(clock);
        await SeenAsync(later.Logs, "The headers of some versions are still in clear, and will be tried again: Unavailable");
        deployments.Vault.Refusals.Clear();
        await AdvancedAsync(clock, later.Logs, "The headers of 2 versions have been moved to Vault");

        var moved = Assert.Single(deployments.Vault.StoredFor(_project).Skip(stored));
        Assert.Equal($$"""{"Authorization":"{{_key}}"}""", moved.Request.Fields["headers"]);
        Assert.Equal((moved.Id, "Authorization"), await LiveAsync(id));
        Assert.Equal("X-Tenant", (await LiveAsync(other)).Name);
        await AssertNowhereAsync(_key, string.Join(' ', later.Logs.Lines));
    }

    [Fact]
    public async Task A_version_that_Vault_refuses_keeps_no_other_from_being_moved()
    {
        var (refusing, willing) = (Guid.NewGuid(), Guid.NewGuid());
        deployments.Vault.Refusals[refusing.ToString()] = StatusCode.NotFound;
        foreach (var (project, number) in new[] { (refusing, 100_001), (willing, 100_002) })
            await deployments.ExecuteAsync(
                $$"""
                insert into assistants (id, project_id, aggregate_id, name, created_at, live_version, live_phone_revision, sequence)
                values ({{number}}, '{{project}}', gen_random_uuid(), 'Old', now(), 1, 0, 1);
                insert into assistant_versions (project_id, assistant_id, version, prompt, created_at, tools)
                values ('{{project}}', {{number}}, 1, '', now(), jsonb_build_array(jsonb_build_object(
                    'name', 'book', 'description', 'Books.', 'parameters', '', 'url', '', 'method', 'PUT',
                    'headers', jsonb_build_object('X-Key', '{{project}}'), 'timeout', '00:00:05')));
                """);

        await using var later = deployments.NewInstance(new ManualTimeProvider());
        await SeenAsync(later.Logs, "The headers of 1 versions have been moved to Vault");

        Assert.Contains(later.Logs.Lines, line => line.Text == "Vault refuses the headers of version 1 of assistant 100001: NotFound");
        Assert.Single(deployments.Vault.StoredFor(willing));
        await deployments.ExecuteAsync("delete from assistant_versions where assistant_id in (100001, 100002)");
    }

    private static string Tool(string name, params (string Name, string Value)[] headers) => new JsonObject
    {
        ["name"] = name, ["description"] = "Books.", ["url"] = "https://example.com/",
        ["headers"] = new JsonObject(headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
    }.ToJsonString();

    private static string Named(string credential) =>
        $$"""{ "name":"book", "description":"Books.", "url":"https://example.com/", "credential_id":"{{credential}}" }""";

    private static JsonNode HeadersOf(JsonNode version) => version["tools"]![0]!["headers"]!;

    private static StringContent Json(string tool) => new($$"""{ "prompt":"Be kind.", "tools":[{{tool}}] }""", Encoding.UTF8, "application/json");

    private static async Task SeenAsync(LogCapture logs, string text)
    {
        for (var waited = 0; logs.Lines.All(line => line.Text != text); waited++)
        {
            Assert.True(waited < 300, $"Not logged: {text}");
            await Task.Delay(100);
        }
    }

    // The pause before another attempt may begin after the clock was moved: it is moved until it is over.
    private static async Task AdvancedAsync(ManualTimeProvider clock, LogCapture logs, string text)
    {
        for (var waited = 0; logs.Lines.All(line => line.Text != text); waited++)
        {
            Assert.True(waited < 300, $"Not logged: {text}");
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(100);
        }
    }

    private HttpClient Tenant() => deployments.NewTenant(_project);

    private async Task<string> AssistantAsync()
    {
        using var created = await Tenant().PostAsJsonAsync("/v1/assistants", new { name = "Reception" });
        return (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private Task<HttpResponseMessage> PostAsync(string id, string tool) => Tenant().PostAsync($"/v1/assistants/{id}/versions", Json(tool));

    private async Task<JsonNode> SaveAsync(string id, string tool)
    {
        var saved = await PostAsync(id, tool);
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        return (await saved.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task RefusedAsync(string id, string tool, string told)
    {
        var before = deployments.Vault.StoredFor(_project).Count;
        var refused = await PostAsync(id, tool);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(told, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, deployments.Vault.StoredFor(_project).Count);
    }

    /// <summary>The credential and the first header's name, as a call gets them.</summary>
    private async Task<(string CredentialId, string? Name)> LiveAsync(string id)
    {
        var resolved = await new V1.Deployments.DeploymentsClient(deployments.Service.CallAs("calls"))
            .ResolvePhoneCallAsync(new() { ProjectId = _project.ToString(), AssistantId = id });
        var tool = Assert.Single(resolved.Version.Tools);
        Assert.Empty(tool.Headers);
        return (tool.CredentialId, tool.HeaderNames.FirstOrDefault());
    }

    private async Task AssertNowhereAsync(string secret, string more = "")
    {
        var everything = await deployments.DumpAsync() + string.Join(' ', deployments.Service.Logs.Lines) + more;
        foreach (var text in Disguises.Of(secret).Concat(Disguises.Of(secret["Bearer ".Length..])))
            Assert.DoesNotContain(text, everything, StringComparison.Ordinal);
    }
}
