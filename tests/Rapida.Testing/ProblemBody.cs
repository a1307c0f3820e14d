using System.Text.Json.Nodes;

namespace Rapida.Testing;

/// <summary>Reads problem details, as often as one likes.</summary>
public static class ProblemBody
{
    /// <summary>The stable code of a problem.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response) => (string?)(await ReadAsync(response))["code"];

    /// <summary>Its sentence.</summary>
    public static async Task<string?> DetailAsync(this HttpResponseMessage response) => (string?)(await ReadAsync(response))["detail"];

    /// <summary>All of a problem but the id of its trace: two refusals that must look the same have the same.</summary>
    public static async Task<string> WithoutTraceAsync(this HttpResponseMessage response)
    {
        var problem = await ReadAsync(response);
        problem.Remove("trace_id");
        return problem.ToJsonString();
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
}
