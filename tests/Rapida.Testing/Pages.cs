using System.Text.Json.Nodes;

namespace Rapida.Testing;

/// <summary>Reads a list to its end, as a client does.</summary>
public static class Pages
{
    /// <param name="http">A tenant's.</param>
    /// <param name="path">Such as <c>/v1/calls</c>.</param>
    /// <param name="name">Where the rows stand in the answer.</param>
    /// <param name="size">How many are asked for at a time.</param>
    public static async Task<List<JsonNode>> ReadAsync(HttpClient http, string path, string name, int size)
    {
        var (rows, token) = (new List<JsonNode>(), "");
        do
        {
            var page = JsonNode.Parse(await http.GetStringAsync(new Uri($"{path}?page_size={size}&page_token={token}", UriKind.Relative)))!;
            var shown = page[name]!.AsArray();
            if (shown.Count > size)
                throw new InvalidOperationException($"{path} shows {shown.Count} rows on a page of {size}.");
            rows.AddRange(shown!);
            token = (string?)page["next_page_token"];
        }
        while (token is not null);

        return rows;
    }
}
