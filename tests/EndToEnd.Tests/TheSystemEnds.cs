using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests;

public sealed class TheSystemEnds
{
    [Fact]
    public async Task It_leaves_nothing_behind_and_the_next_run_reads_what_the_last_one_stored()
    {
        var folder = Directory.CreateTempSubdirectory("rapida-e2e-").FullName;
        var first = new RunningSystem(folder);
        await first.InitializeAsync();
        using (var api = first.NewApiClient())
            (await api.PostAsJsonAsync("/v1/assistants", new { name = "From the first run" })).EnsureSuccessStatusCode();
        await first.EndAsync("TERM");

        var second = new RunningSystem(folder);
        await second.InitializeAsync();
        using (var api = second.NewApiClient())
        {
            var assistants = await api.GetFromJsonAsync<JsonElement>("/v1/assistants");
            Assert.Contains(assistants.GetProperty("assistants").EnumerateArray(), row => row.GetProperty("name").GetString() == "From the first run");
        }

        // The AppHost has no chance to clean up: what it started notices that it has gone.
        await second.EndAsync("KILL");
        second.DeleteData();
    }
}
