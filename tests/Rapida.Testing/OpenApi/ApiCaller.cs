using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Rapida.Testing.OpenApi;

/// <summary>Does what the document says: sends its examples, and compares what comes back with the form that it promises.</summary>
public sealed partial class ApiCaller(JsonObject document, HttpClient http)
{
    private readonly Dictionary<string, ApiOperation> _untried = ApiDocument.Operations(document).ToDictionary(operation => operation.Id);

    /// <summary>Calls an operation by its name.</summary>
    /// <param name="name">Its operationId.</param>
    /// <param name="id">What stands for the parameters of its path, with / between.</param>
    /// <param name="with">Fields of the example that hold something of this test's; where there is no body, of the query.</param>
    /// <returns>The answer; null: it has none that is JSON.</returns>
    public async Task<JsonNode?> CallAsync(string name, string? id = null, params (string Field, JsonNode Value)[] with)
    {
        Assert.True(_untried.Remove(name, out var operation), $"{name} is not described, or was tried already.");
        var ids = new Queue<string>(id?.Split('/') ?? []);
        var path = Parameter().Replace(operation.Path, _ => ids.Dequeue());
        if (operation.RequestExample is null && with.Length > 0)
            path += "?" + string.Join('&', with.Select(field => $"{field.Field}={Uri.EscapeDataString((string)field.Value!)}"));
        using var request = new HttpRequestMessage(new(operation.Method), path);
        if (operation.RequestExample?.DeepClone() is { } body)
        {
            foreach (var (field, value) in with)
                body[field] = value;
            request.Content = JsonContent.Create(body);
        }

        using var answer = await http.SendAsync(request);
        Assert.True(operation.Success == (int)answer.StatusCode, $"{operation} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        if (operation.Answer is null)
            return null;
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>();
        operation.AssertAnswer(json);
        return json;
    }

    /// <summary>None was forgotten.</summary>
    public void AssertAllWereTried() => Assert.Empty(_untried.Keys);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
