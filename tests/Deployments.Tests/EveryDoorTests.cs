using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

/// <summary>Whoever has no business here gets in nowhere, and learns nothing of who has.</summary>
[Collection(nameof(RunningDeployments))]
public sealed class EveryDoorTests(RunningDeployments deployments)
{
    private const string Phone = """{"provider":"twilio","credential_id":"0199e0a4-0000-7000-8000-000000000001","phone_number":"+15551234567"}""";

    [Fact]
    public async Task Nobody_gets_in_without_a_key_that_may_or_sees_what_is_another_project_s()
    {
        var (owner, foreign) = (Guid.NewGuid(), Guid.NewGuid());
        using var http = deployments.NewTenant(owner);
        using var created = await http.PostAsJsonAsync("/v1/assistants", new { name = "Ours" });
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        using var saved = await http.PutAsJsonAsync($"/v1/assistants/{id}/deployments/phone", JsonNode.Parse(Phone));
        using var version = await http.PostAsJsonAsync($"/v1/assistants/{id}/versions", new { prompt = "Ours." });
        Assert.True(saved.IsSuccessStatusCode && version.IsSuccessStatusCode);
        var intruder = new Intruder(new Dictionary<string, string> { ["id"] = id, ["assistant_id"] = id, ["assistantId"] = id })
        {
            WithoutKey = ["/health", "/alive"],
            Common = { ["version"] = "1" },
            Bodies =
            {
                ["POST /v1/assistants"] = new JsonObject { ["name"] = "Theirs" },
                ["POST /v1/assistants/{id}/versions"] = new JsonObject { ["language_model"] = new JsonObject { ["name"] = "scripted" }, ["prompt"] = "Be brief." },
                [$"PUT /v1/assistants/{{id}}/deployments/phone"] = JsonNode.Parse(Phone)!,
            },
        };

        await intruder.TryAsync(
            Doors.Rest(deployments.Service.Services), deployments.Service.NewHttpClient(),
            new(
                Revoked: "rpd-revoked", Without: scope => deployments.KeyFor(owner, [.. Scopes.All.Where(other => other != scope)]),
                Foreign: deployments.KeyFor(foreign, [.. Scopes.All])));
        await intruder.TryAsync(
            Doors.Grpc(deployments.Service.Services), deployments.Service.CallAsNobody(), deployments.Service.CallAs, foreign.ToString());
    }
}
