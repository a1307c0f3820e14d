using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rapida.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Whoever runs the files of http/ from top to bottom sees what they say.</summary>
public sealed class HttpFilesWork(RunningSystem system) : IClassFixture<RunningSystem>
{
    private readonly Dictionary<string, JsonNode> _answers = [];

    [Fact]
    public async Task Every_request_succeeds_or_fails_as_it_says()
    {
        using var client = system.NewClient();
        await system.RingAsync();
        // The files of conversations and recordings show the first of each.
        await RunningSystem.UntilAsync(async () => await client.Recordings.ListAsync().AnyAsync());
        using var http = new HttpClient();

        foreach (var file in HttpFile.All())
        {
            _answers.Clear();
            foreach (var request in file.Requests)
                await RunAsync(http, file, request);
        }
    }

    private async Task RunAsync(HttpClient http, HttpFile file, HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(new(request.Method), Filled("{{host}}" + request.Target));
        foreach (var (name, value) in request.Headers.Where(header => header.Name != "Content-Type"))
            message.Headers.Add(name, Filled(value));
        if (request.Body is not null)
            message.Content = new StringContent(Filled(request.Body), Encoding.UTF8, "application/json");

        using var answer = await http.SendAsync(message);

        var body = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" ? JsonNode.Parse(body) : null;
        Assert.True(
            request.Code is null ? answer.IsSuccessStatusCode : (request.Status, request.Code) == ((int)answer.StatusCode, (string?)json?["code"]),
            $"{request}: {(int)answer.StatusCode} {(json is null ? "" : body)}");
        if (request.Name is not null)
            _answers[request.Name] = json!;

        string Filled(string text) => HttpFileRequest.Fill(text, variable => ValueOf(file, variable));
    }

    private string ValueOf(HttpFile file, string variable) => variable switch
    {
        // What a person pastes.
        "host" => system.Run.GetProperty("gateway_url").GetString()!,
        "key" => Sdks.KeyOf(system),
        "assistant" => system.Run.GetProperty("assistant_id").GetString()!,
        "$timestamp" => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ when file.Variables.TryGetValue(variable, out var value) => value,
        _ => variable.Split(".response.body.$.") is [var name, var path] ? Found(_answers[name], path) : throw new KeyNotFoundException(variable),
    };

    // conversations[0].id
    private static string Found(JsonNode answer, string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.')
        .Aggregate(answer, (at, step) => step.StartsWith('[') ? at[int.Parse(step.Trim('[', ']'), CultureInfo.InvariantCulture)]! : at[step]!).ToString();
}
