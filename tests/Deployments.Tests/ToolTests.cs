using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Rapida.Deployments.Assistants;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

[Collection(nameof(RunningDeployments))]
public sealed class ToolTests(RunningDeployments deployments)
{
    private const string Least = """
        "name":"free_slots","description":"Lists what is free.","url":"https://example.com/slots"
        """;

    [Fact]
    public async Task What_is_left_out_of_a_tool_takes_its_default()
    {
        var tenant = deployments.NewTenant();

        var saved = await SaveAsync(tenant, $$"""[{ {{Least}} }]""");

        Assert.Equal(
            """
            {"name":"free_slots","description":"Lists what is free.","parameters":{"type":"object","properties":{}},"url":"https://example.com/slots",
            "method":"POST","headers":{},"timeout_seconds":10,"credential_id":null}
            """.ReplaceLineEndings(""),
            Assert.Single(saved["tools"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public async Task A_call_is_told_of_tools_targets_keys_and_machines()
    {
        var project = Guid.NewGuid();
        var tenant = deployments.NewTenant(project);
        var saved = await SaveAsync(tenant, "[{" + Least + """
            ,"parameters":{"type":"object","required":["day"]},"method":"GET","headers":{"X-Tenant":"7"},"timeout_seconds":1.5}]
            """);
        var id = (string)saved["assistant_id"]!;
        (await tenant.PutAsync($"/v1/assistants/{id}/deployments/phone", Json("""
            {
              "provider":"twilio","credential_id":"0199e0a4-0000-7000-8000-000000000001","phone_number":"+15551234567",
              "transfer_targets":{"front desk":"+15557654321"},"send_keys":true,"machine_detection":"hang_up"
            }
            """))).EnsureSuccessStatusCode();

        var phone = JsonNode.Parse(await tenant.GetStringAsync($"/v1/assistants/{id}/deployments/phone"))!;
        Assert.Equal("+15557654321", (string?)phone["transfer_targets"]!["front desk"]);

        var resolved = await new V1.Deployments.DeploymentsClient(deployments.Service.CallAs("calls"))
            .ResolvePhoneCallAsync(new() { ProjectId = project.ToString(), AssistantId = id });

        var tool = Assert.Single(resolved.Version.Tools);
        Assert.Equal(
            ("free_slots", "Lists what is free.", "https://example.com/slots", "GET", "X-Tenant", TimeSpan.FromSeconds(1.5)),
            (tool.Name, tool.Description, tool.Url, tool.Method, Assert.Single(tool.HeaderNames), tool.Timeout.ToTimeSpan()));
        Assert.Equal(Assert.Single(deployments.Vault.StoredFor(project)).Id, tool.CredentialId);
        Assert.Empty(tool.Headers);
        Assert.Equal("""{"type":"object","required":["day"]}""", tool.ParametersJson);
        Assert.Equal(
            ("+15557654321", true, "hang_up"),
            (resolved.Phone.TransferTargets["front desk"], resolved.Phone.SendKeys, resolved.Phone.MachineDetection));
    }

    [Theory]
    [InlineData("""{ "name":"book it" }""", "tool_name_invalid", "a letter first")]
    [InlineData("""{ "name":null }""", "tool_name_invalid", "a letter first")]
    [InlineData("""{ "name":"end_call" }""", "tool_name_taken", "end_call")]
    [InlineData("""{ "name":"Transfer_Call" }""", "tool_name_taken", "Transfer_Call")]
    [InlineData("""{ "description":" " }""", "tool_invalid", "description")]
    [InlineData("""{ "parameters":["day"] }""", "tool_invalid", "a JSON object")]
    [InlineData("""{ "parameters":"{}" }""", "tool_invalid", "a JSON object")]
    [InlineData("""{ "url":"ftp://example.com/" }""", "tool_invalid", "https")]
    [InlineData("""{ "url":"/slots" }""", "tool_invalid", "absolute")]
    [InlineData("""{ "url":"file:///etc/passwd" }""", "tool_invalid", "https")]
    [InlineData("""{ "url":"https://user:pass@example.com/" }""", "tool_invalid", "url has a user or a password in it")]
    [InlineData("""{ "url":"https://token@example.com/" }""", "tool_invalid", "in headers")]
    [InlineData("""{ "headers":{ "X-A":"b", "x-a":"c" } }""", "tool_invalid", "each once")]
    [InlineData("""{ "headers":{ "X-A":"b" }, "credential_id":"0199e0a4-0000-7000-8000-000000000001" }""", "tool_invalid", "not both")]
    [InlineData("""{ "credential_id":"mine" }""", "tool_invalid", "credential_id is the id")]
    [InlineData("""{ "credential_id":"0199e0a4-0000-7000-8000-000000000001" }""", "tool_invalid", "no credential of http-headers")]
    [InlineData("""{ "headers":{ "X-A":"***" } }""", "tool_invalid", "Give their values")]
    [InlineData("""{ "url":"https://example.com/a\u0000b" }""", "tool_invalid", "https")]
    [InlineData("""{ "method":"CONNECT" }""", "tool_invalid", "GET, POST, PUT, PATCH, DELETE")]
    [InlineData("""{ "headers":{ "host":"other.example.com" } }""", "tool_invalid", "headers")]
    [InlineData("""{ "headers":{ "X-A":"b\r\nX-C: d" } }""", "tool_invalid", "headers")]
    [InlineData("""{ "headers":{ "X A":"b" } }""", "tool_invalid", "headers")]
    [InlineData("""{ "timeout_seconds":0.9 }""", "tool_invalid", "1 to 30")]
    [InlineData("""{ "timeout_seconds":31 }""", "tool_invalid", "1 to 30")]
    public async Task A_tool_that_cannot_be_is_refused_with_a_sentence(string change, string code, string told)
    {
        var tool = JsonNode.Parse($$"""{ {{Least}} }""")!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            tool[name] = value?.DeepClone();

        await AssertRefusedAsync($"[{tool.ToJsonString()}]", code, told);
    }

    [Fact]
    public async Task Two_tools_of_one_name_are_refused() =>
        await AssertRefusedAsync($$"""[{ {{Least}} }, { {{Least}} }]""", "tool_name_taken", "free_slots");

    [Fact]
    public async Task Too_many_tools_are_refused_and_so_is_too_much_of_them()
    {
        await AssertRefusedAsync($"[{string.Join(',', Enumerable.Range(0, 17).Select(n => Tool(n, "")))}]", "tools_too_many", "16");
        await AssertRefusedAsync(
            $"[{string.Join(',', Enumerable.Range(0, 7).Select(n => Tool(n, new string('x', 15_900))))}]", "tools_too_many", "100000");
        await SaveAsync(deployments.NewTenant(), $"[{string.Join(',', Enumerable.Range(0, 16).Select(n => Tool(n, new string('x', 5_000))))}]");

        static string Tool(int number, string title) =>
            $$"""{"name":"tool_{{number}}","description":"One.","url":"https://example.com/","parameters":{"title":"{{title}}"} }""";
    }

    [Fact]
    public void Without_TLS_a_tool_is_for_Development_only()
    {
        HttpToolSettings[] tools = [new("look", "Looks.", null, "http://127.0.0.1:5000/look", null, null, null)];

        Assert.True(HttpTool.ParseAll(tools, allowsHttp: true).TryGet(out _, out _));
        Assert.False(HttpTool.ParseAll(tools, allowsHttp: false).TryGet(out _, out _));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task AssertRefusedAsync(string tools, string code, string told)
    {
        var refused = await PostAsync(deployments.NewTenant(), tools);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;

        Assert.Equal((HttpStatusCode.BadRequest, code), (refused.StatusCode, (string?)problem["code"]));
        Assert.Contains(told, (string?)problem["detail"], StringComparison.Ordinal);
    }

    private static async Task<JsonNode> SaveAsync(HttpClient tenant, string tools)
    {
        var saved = await PostAsync(tenant, tools);
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        return (await saved.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient tenant, string tools)
    {
        var created = await tenant.PostAsJsonAsync("/v1/assistants", new { name = "Reception" });
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        return await tenant.PostAsync($"/v1/assistants/{id}/versions", Json($$"""{ "prompt":"Be kind.", "tools":{{tools}} }"""));
    }
}
