using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Rapida.Call.Soak;

/// <summary>A line of its own for many calls at once: an assistant on scripted engines, which cost nothing, and a number of the demo account.</summary>
internal static class ScriptedLine
{
    private const string PhoneNumber = "+13125550142";

    // What the default caller says, as the scripted recogniser hears it.
    private const string Hears = "friday at nine fifteen|four one six two seven eight one two three four|one";

    /// <summary>Makes what is missing, and returns the number to ring.</summary>
    public static async Task<string> PrepareAsync(RunningSystem system, string dataFolder, CancellationToken cancellationToken)
    {
        var credentials = await GetAsync(system.Api, "/v1/credentials", cancellationToken);
        var credential = credentials["credentials"]!.AsArray().First(row => (string?)row!["provider"] == "twilio")!["id"]!;
        var assistant = (string)(await SendAsync(system.Api, HttpMethod.Post, "/v1/assistants", new JsonObject { ["name"] = "Soak" }, cancellationToken))["id"]!;
        await SendAsync(system.Api, HttpMethod.Post, $"/v1/assistants/{assistant}/versions", new JsonObject
        {
            ["language_model"] = Provider("scripted", ("model", "appointment")),
            ["prompt"] = "Take an appointment.",
        }, cancellationToken);
        await SendAsync(system.Api, HttpMethod.Put, $"/v1/assistants/{assistant}/deployments/phone", new JsonObject
        {
            ["provider"] = "twilio",
            ["credential_id"] = (string)credential!,
            ["phone_number"] = PhoneNumber,
            ["greeting"] = "Hello, this is the clinic. What day would you like to come?",
            ["speech_to_text"] = Provider("scripted", ("hears", Hears)),
            ["text_to_speech"] = Provider("scripted"),
        }, cancellationToken);
        await RouteAsync(system, dataFolder, assistant, cancellationToken);
        return PhoneNumber;
    }

    // As an operator does it in Twilio's console.
    private static async Task RouteAsync(RunningSystem system, string dataFolder, string assistant, CancellationToken cancellationToken)
    {
        var (sid, token) = (Secret("demo-account-sid"), Secret("demo-auth-token"));
        using var twilio = new HttpClient { BaseAddress = new(system.Run.EmulatorUrl) };
        twilio.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{token}")));
        var numbers = $"/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers";
        var known = await GetAsync(twilio, $"{numbers}.json?PhoneNumber={Uri.EscapeDataString(PhoneNumber)}", cancellationToken);
        var number = known["incoming_phone_numbers"]!.AsArray() is [var first, ..] ? $"{numbers}/{first!["sid"]}.json" : $"{numbers}.json";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["PhoneNumber"] = PhoneNumber,
            ["VoiceUrl"] = $"{system.Run.GatewayUrl.TrimEnd('/')}/v1/talk/twilio/call/{assistant}?x-api-key={Secret("demo-webhook-key")}",
        });
        (await twilio.PostAsync(number, form, cancellationToken)).EnsureSuccessStatusCode();

        string Secret(string name) => File.ReadAllText(Path.Combine(dataFolder, "secrets", name));
    }

    private static JsonObject Provider(string name, params (string Name, string Value)[] options)
    {
        var chosen = new JsonObject();
        foreach (var option in options)
            chosen[option.Name] = option.Value;
        return new() { ["name"] = name, ["options"] = chosen };
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string url, CancellationToken cancellationToken) =>
        JsonNode.Parse(await client.GetStringAsync(url, cancellationToken))!;

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string url, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Content = JsonContent.Create(body) };
        using var response = await client.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(answer)! : throw new CallFailedException($"{method} {url}: {answer}");
    }
}
