using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

[Collection(nameof(RunningDeployments))]
public sealed class PhoneTests(RunningDeployments deployments)
{
    private const string Least = """
        "provider":"twilio","credential_id":"0199e0a4-0000-7000-8000-000000000001","phone_number":"+15551234567"
        """;

    [Fact]
    public async Task What_is_left_out_takes_the_defaults_of_the_guide()
    {
        var tenant = deployments.NewTenant();

        var saved = await SaveAsync(tenant, await NewAssistantAsync(tenant), $$"""{ {{Least}} }""");

        Assert.Equal("", (string?)saved["greeting"]);
        Assert.True((bool?)saved["greeting_interruptible"]);
        Assert.Equal("", (string?)saved["error_message"]);
        Assert.Equal(30, (double?)saved["idle_timeout_seconds"]);
        Assert.Equal("Are you there?", (string?)saved["idle_message"]);
        Assert.Equal(2, (int?)saved["idle_retries"]);
        Assert.Equal(300, (double?)saved["max_duration_seconds"]);
        Assert.Null(saved["speech_to_text"]);
        Assert.Equal("{}", saved["transfer_targets"]!.ToJsonString());
        Assert.False((bool?)saved["send_keys"]);
        Assert.Equal("off", (string?)saved["machine_detection"]);
        Assert.Equal(1, (int?)saved["revision"]);
    }

    [Theory]
    [InlineData("\"idle_timeout_seconds\":15")]
    [InlineData("\"idle_timeout_seconds\":120")]
    [InlineData("\"idle_retries\":0")]
    [InlineData("\"idle_retries\":5")]
    [InlineData("\"max_duration_seconds\":30")]
    [InlineData("\"max_duration_seconds\":14400")]
    [InlineData("\"greeting\":\"\"")]
    [InlineData("\"greeting_interruptible\":false")]
    [InlineData("\"send_keys\":true")]
    [InlineData("\"machine_detection\":\"off\"")]
    [InlineData("\"machine_detection\":\"hang_up\"")]
    [InlineData("\"machine_detection\":\"continue\"")]
    public async Task The_ends_of_a_range_belong_to_it(string field)
    {
        var tenant = deployments.NewTenant();

        var saved = await SaveAsync(tenant, await NewAssistantAsync(tenant), $$"""{ {{Least}}, {{field}} }""");

        Assert.Contains(field, saved.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"idle_timeout_seconds\":14.9", "idle_timeout_out_of_range", "15 to 120")]
    [InlineData("\"idle_timeout_seconds\":121", "idle_timeout_out_of_range", "15 to 120")]
    [InlineData("\"idle_timeout_seconds\":1e300", "idle_timeout_out_of_range", "15 to 120")]
    [InlineData("\"idle_retries\":-1", "idle_retries_out_of_range", "0 to 5")]
    [InlineData("\"idle_retries\":6", "idle_retries_out_of_range", "0 to 5")]
    [InlineData("\"max_duration_seconds\":29", "max_duration_out_of_range", "30 to 14400")]
    [InlineData("\"max_duration_seconds\":14401", "max_duration_out_of_range", "30 to 14400")]
    [InlineData("\"greeting\":\"a\\u0000\"", "greeting_invalid", "2000")]
    [InlineData("\"machine_detection\":\"\"", "machine_detection_invalid", "off, hang_up or continue")]
    [InlineData("\"machine_detection\":\"Hang_Up\"", "machine_detection_invalid", "off, hang_up or continue")]
    [InlineData("\"provider\":\"vonage\"", "provider_unknown", "twilio")]
    [InlineData("\"credential_id\":\"mine\"", "credential_id_invalid", "Twilio credential")]
    [InlineData("\"phone_number\":\"0155512345\"", "phone_number_invalid", "E.164")]
    [InlineData("\"speech_to_text\":{\"name\":\"Pocket Sphinx\"}", "speech_to_text_invalid", "speech_to_text.name")]
    [InlineData("\"text_to_speech\":{\"name\":\"flite\",\"credential_id\":\"x\"}", "text_to_speech_credential_invalid", "text_to_speech.credential_id")]
    [InlineData("\"text_to_speech\":{\"name\":\"flite\",\"options\":{\"a b\":\"x\"}}", "text_to_speech_options_invalid", "text_to_speech.options")]
    [InlineData("\"transfer_targets\":{\"desk\":\"5557654321\"}", "transfer_target_invalid", "transfer target desk is in E.164")]
    [InlineData("\"transfer_targets\":{\"desk\":\"sip:desk@example.com\"}", "transfer_target_invalid", "E.164")]
    [InlineData("\"transfer_targets\":{\"desk\":\"+15557654321</Dial><Say>\"}", "transfer_target_invalid", "E.164")]
    [InlineData("\"transfer_targets\":{\" \":\"+15557654321\"}", "transfer_target_name_invalid", "1 to 50")]
    [InlineData("\"transfer_targets\":{\"a\":\"+15557654321\",\"A\":\"+15557654322\"}", "transfer_target_name_invalid", "differs")]
    public async Task What_is_out_of_range_is_refused_with_the_range(string field, string code, string told)
    {
        var tenant = deployments.NewTenant();
        var id = await NewAssistantAsync(tenant);

        // The last of two fields of one name counts.
        var refused = await PutAsync(tenant, id, $$"""{ {{Least}}, {{field}} }""");
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;

        Assert.Equal((HttpStatusCode.BadRequest, code), (refused.StatusCode, (string?)problem["code"]));
        Assert.Contains(told, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_save_is_a_new_revision_whole_and_live_and_what_is_read_can_be_saved_again()
    {
        var tenant = deployments.NewTenant();
        var id = await NewAssistantAsync(tenant);
        await SaveAsync(tenant, id, "{" + Least + """
            , "greeting":"Hi {{name}}", "speech_to_text":{"name":"pocketsphinx","options":{"mode":"digits"}}}
            """);

        var first = await tenant.GetStringAsync(Route(id));
        var second = await SaveAsync(tenant, id, first);
        var third = await SaveAsync(tenant, id, $$"""{ {{Least}} }""");

        Assert.Contains("Hi {{name}}", first, StringComparison.Ordinal);
        Assert.Equal(2, (int?)second["revision"]);
        Assert.Equal("""{"name":"pocketsphinx","options":{"mode":"digits"},"credential_id":null}""", second["speech_to_text"]!.ToJsonString());
        Assert.Equal(3, (int?)third["revision"]);
        Assert.Equal("", (string?)third["greeting"]);
        Assert.Equal(3, (int?)JsonNode.Parse(await tenant.GetStringAsync(Route(id)))!["revision"]);
    }

    [Fact]
    public async Task Two_saves_at_the_same_moment_become_two_revisions()
    {
        var tenant = deployments.NewTenant();
        var id = await NewAssistantAsync(tenant);

        var saved = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SaveAsync(tenant, id, $$"""{ {{Least}} }""")));

        Assert.Equal([1, 2, 3, 4, 5], saved.Select(save => (int)save["revision"]!).Order());
    }

    [Fact]
    public async Task A_save_is_announced_with_the_assistants_own_count()
    {
        var tenant = deployments.NewTenant();
        var id = await NewAssistantAsync(tenant);
        await using var ears = await deployments.HearSavesAsync();

        (await tenant.PostAsJsonAsync($"/v1/assistants/{id}/versions", new { prompt = "Be kind." })).EnsureSuccessStatusCode();
        var first = await ears.NextAsync();
        await SaveAsync(tenant, id, $$"""{ {{Least}} }""");
        var second = await ears.NextAsync();

        Assert.Equal((id, 1), ((string)first["assistantId"]!, (int)first["sequence"]!));
        Assert.Equal((id, 2), ((string)second["assistantId"]!, (int)second["sequence"]!));
        Assert.Equal((string)first["aggregateId"]!, (string)second["aggregateId"]!);
    }

    [Fact]
    public async Task Another_tenants_assistant_is_as_unknown_as_one_that_does_not_exist()
    {
        var owner = deployments.NewTenant();
        var stranger = deployments.NewTenant();
        var id = await NewAssistantAsync(owner);
        await SaveAsync(owner, id, $$"""{ {{Least}} }""");

        foreach (var send in new Func<string, Task<HttpResponseMessage>>[]
                 {
                     assistant => stranger.GetAsync($"/v1/assistants/{assistant}"),
                     assistant => stranger.PostAsJsonAsync($"/v1/assistants/{assistant}/versions", new { prompt = "Mine." }),
                     assistant => stranger.GetAsync(Route(assistant)),
                     assistant => PutAsync(stranger, assistant, $$"""{ {{Least}} }"""),
                 })
        {
            var foreign = await send(id);
            Assert.Equal((HttpStatusCode.NotFound, "assistant_unknown"), (foreign.StatusCode, await foreign.CodeAsync()));
            foreach (var other in new[] { "999999999999999", "nonsense", "01", "-1", "99999999999999999999" })
                Assert.Equal(await (await send(other)).WithoutTraceAsync(), await foreign.WithoutTraceAsync());
        }

        Assert.Equal("""{"assistants":[],"next_page_token":null}""", await stranger.GetStringAsync("/v1/assistants"));
        Assert.Equal(1, (int?)JsonNode.Parse(await owner.GetStringAsync(Route(id)))!["revision"]);
    }

    [Fact]
    public async Task An_assistant_without_a_deployment_says_so()
    {
        var tenant = deployments.NewTenant();

        var none = await tenant.GetAsync(Route(await NewAssistantAsync(tenant)));

        Assert.Equal((HttpStatusCode.NotFound, "phone_deployment_unknown"), (none.StatusCode, await none.CodeAsync()));
    }

    [Theory]
    [InlineData("POST", "/v1/assistants")]
    [InlineData("GET", "/v1/assistants")]
    [InlineData("GET", "/v1/assistants/1")]
    [InlineData("POST", "/v1/assistants/1/versions")]
    [InlineData("PUT", "/v1/assistants/1/deployments/phone")]
    [InlineData("GET", "/v1/assistants/1/deployments/phone")]
    public async Task A_key_without_the_scope_is_refused_and_so_is_nobody(string method, string path)
    {
        using var nobody = deployments.Service.NewHttpClient();

        var wrong = await deployments.NewTenant(null, "calls:read").SendAsync(Request());
        var none = await nobody.SendAsync(Request());

        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (wrong.StatusCode, await wrong.CodeAsync()));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (none.StatusCode, await none.CodeAsync()));

        HttpRequestMessage Request() => new(new(method), path) { Content = method == "GET" ? null : JsonContent.Create(new { }) };
    }

    [Theory]
    [InlineData("""{}""", "name_invalid")]
    [InlineData("""{"name":"  "}""", "name_invalid")]
    [InlineData("""{"name":"a\nb"}""", "name_invalid")]
    public async Task An_assistant_needs_a_name(string body, string code)
    {
        var refused = await deployments.NewTenant().PostAsync("/v1/assistants", Json(body));

        Assert.Equal((HttpStatusCode.BadRequest, code), (refused.StatusCode, await refused.CodeAsync()));
    }

    private static string Route(string id) => $"/v1/assistants/{id}/deployments/phone";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> PutAsync(HttpClient tenant, string id, string body) => tenant.PutAsync(Route(id), Json(body));

    private static async Task<JsonNode> SaveAsync(HttpClient tenant, string id, string body)
    {
        var saved = await PutAsync(tenant, id, body);
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        return (await saved.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<string> NewAssistantAsync(HttpClient tenant)
    {
        var created = await tenant.PostAsJsonAsync("/v1/assistants", new { name = "Reception" });
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Matches("^[1-9][0-9]{14}$", id);
        return id;
    }
}
