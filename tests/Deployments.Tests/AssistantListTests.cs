using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

[Collection(nameof(RunningDeployments))]
public sealed class AssistantListTests(RunningDeployments deployments)
{
    [Fact]
    public async Task Assistants_come_in_pages_the_newest_last_and_a_project_s_own_only()
    {
        var (tenant, stranger) = (deployments.NewTenant(), deployments.NewTenant());
        await CreateAsync(stranger, "Theirs");
        for (var i = 0; i < 5; i++)
            await CreateAsync(tenant, $"Assistant {i}");

        var listed = await Pages.ReadAsync(tenant, "/v1/assistants", "assistants", 2);

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"Assistant {i}"), listed.Select(assistant => (string)assistant["name"]!));
    }

    [Fact]
    public async Task Versions_come_in_pages_the_latest_first()
    {
        var tenant = deployments.NewTenant();
        var id = await CreateAsync(tenant, "Reception");
        for (var i = 1; i <= 3; i++)
            await SaveAsync(tenant, id, $"Prompt {i}.");

        var listed = await Pages.ReadAsync(tenant, $"/v1/assistants/{id}/versions", "versions", 2);

        Assert.Equal(["Prompt 3.", "Prompt 2.", "Prompt 1."], listed.Select(version => (string)version["prompt"]!));
        Assert.Equal([3, 2, 1], listed.Select(version => (int)version["version"]!));
    }

    [Fact]
    public async Task A_version_is_found_where_its_making_said()
    {
        var tenant = deployments.NewTenant();
        var id = await CreateAsync(tenant, "Reception");
        var first = await SaveAsync(tenant, id, "Prompt 1.");
        await SaveAsync(tenant, id, "Prompt 2.");

        Assert.Equal("Prompt 1.", (string?)JsonNode.Parse(await tenant.GetStringAsync(first))!["prompt"]);
    }

    [Theory]
    [InlineData("versions/2", "version_unknown")]
    [InlineData("versions/0", "version_unknown")]
    public async Task A_version_that_there_is_not_is_told_from_an_assistant_that_there_is_not(string path, string code)
    {
        var tenant = deployments.NewTenant();
        var id = await CreateAsync(tenant, "Reception");
        await SaveAsync(tenant, id, "Prompt 1.");

        var (none, nobody) = (await tenant.GetAsync($"/v1/assistants/{id}/{path}"), await tenant.GetAsync($"/v1/assistants/999999999999999/{path}"));

        Assert.Equal((HttpStatusCode.NotFound, code), (none.StatusCode, await none.CodeAsync()));
        Assert.Equal((HttpStatusCode.NotFound, "assistant_unknown"), (nobody.StatusCode, await nobody.CodeAsync()));
    }

    [Theory]
    [InlineData("/v1/assistants?page_size=0")]
    [InlineData("/v1/assistants?page_size=101")]
    [InlineData("/v1/assistants?page_token=x")]
    public async Task A_page_that_cannot_be_is_refused(string path)
    {
        var refused = await deployments.NewTenant().GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, "page_invalid"), (refused.StatusCode, await refused.CodeAsync()));
    }

    private static async Task<string> CreateAsync(HttpClient tenant, string name)
    {
        var created = await tenant.PostAsJsonAsync("/v1/assistants", new { name });
        return (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static async Task<Uri> SaveAsync(HttpClient tenant, string id, string prompt) =>
        (await tenant.PostAsJsonAsync($"/v1/assistants/{id}/versions", new { prompt })).EnsureSuccessStatusCode().Headers.Location!;
}
