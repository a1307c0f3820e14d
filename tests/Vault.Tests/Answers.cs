using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Rapida.Vault.Tests;

internal static class Answers
{
    /// <summary>The stable code of a problem.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>())?["code"]?.GetValue<string>();

    /// <summary>All of a problem but the id of its trace.</summary>
    public static async Task<string> WithoutTraceAsync(this HttpResponseMessage response)
    {
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        problem.Remove("traceId");
        problem.Remove("trace_id");
        return problem.ToJsonString();
    }
}
