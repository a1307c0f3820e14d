using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rapida.Call.Load;

/// <summary>A tenant made for a load test, with an account of its own at the emulated Twilio.</summary>
internal sealed class LoadTenant
{
    public const string PhoneNumber = "+13125550150";

    private LoadTenant(HttpClient api) => Api = api;

    public HttpClient Api { get; }

    public required string AssistantId { get; init; }

    public required string WebhookKey { get; init; }

    public required string AccountSid { get; init; }

    public required string AuthToken { get; init; }

    /// <summary>What was answered to each call that was taken; read when nothing is measured.</summary>
    public ConcurrentBag<byte[]> Accepted { get; } = [];

    public static async Task<LoadTenant> MakeAsync(string gatewayUrl, string apiKey, HttpMessageHandler handler, CancellationToken cancellationToken)
    {
        var api = new HttpClient(handler, disposeHandler: false) { BaseAddress = new(gatewayUrl) };
        api.DefaultRequestHeaders.Add("x-api-key", apiKey);
        var (sid, token) = (SidOf(apiKey), TokenOf(apiKey));
        var credential = await PostAsync(api, "/v1/credentials", new JsonObject
        {
            ["provider"] = "twilio", ["name"] = "Load", ["fields"] = new JsonObject { ["account_sid"] = sid, ["account_token"] = token },
        }, cancellationToken);
        var assistant = (string)(await PostAsync(api, "/v1/assistants", new JsonObject { ["name"] = "Load" }, cancellationToken))["id"]!;
        await PostAsync(api, $"/v1/assistants/{assistant}/versions", new JsonObject
        {
            ["language_model"] = new JsonObject { ["name"] = "scripted", ["options"] = new JsonObject { ["model"] = "appointment" } }, ["prompt"] = "Be brief.",
        }, cancellationToken);
        using var phone = await api.PutAsJsonAsync($"/v1/assistants/{assistant}/deployments/phone", new JsonObject
        {
            ["provider"] = "twilio", ["credential_id"] = (string)credential["id"]!, ["phone_number"] = PhoneNumber,
            ["speech_to_text"] = new JsonObject { ["name"] = "scripted" }, ["text_to_speech"] = new JsonObject { ["name"] = "scripted" },
        }, cancellationToken);
        phone.EnsureSuccessStatusCode();
        var key = await PostAsync(api, "/v1/api-keys", new JsonObject { ["name"] = "Load", ["scopes"] = new JsonArray("webhook") }, cancellationToken);
        return new(api) { AssistantId = assistant, WebhookKey = (string)key["key"]!, AccountSid = sid, AuthToken = token };
    }

    public static string SidOf(string apiKey) => "AC" + Hex($"account of {apiKey}");

    public static string TokenOf(string apiKey) => Hex($"token of {apiKey}");

    // 32 digits.
    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>A request for a call to a number that nobody else calls.</summary>
    public HttpRequestMessage NewCall(int number)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/calls")
        {
            Content = JsonContent.Create(new JsonObject { ["assistant_id"] = AssistantId, ["to_number"] = $"+{12_130_000_000 + number}" }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return request;
    }

    /// <summary>How many of the calls that were taken are not listed afterwards.</summary>
    public async Task<int> CountLostAsync(CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>();
        for (var token = ""; token is not null;)
        {
            var page = (await Api.GetFromJsonAsync<JsonNode>($"/v1/calls?page_size=100&direction=outbound&page_token={token}", cancellationToken))!;
            listed.UnionWith(page["calls"]!.AsArray().Select(call => (string)call!["id"]!));
            token = (string?)page["next_page_token"];
        }

        return Accepted.Count(answer => !listed.Contains((string)JsonNode.Parse(answer)!["id"]!));
    }

    /// <summary>A call that comes in, signed as Twilio does.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with SHA-1.")]
    public HttpRequestMessage NewWebhook()
    {
        var path = $"/v1/talk/twilio/call/{AssistantId}?x-api-key={WebhookKey}";
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["AccountSid"] = AccountSid, ["ApiVersion"] = "2010-04-01", ["CallSid"] = $"CA{Guid.NewGuid():N}", ["CallStatus"] = "ringing",
            ["Called"] = PhoneNumber, ["Caller"] = "+13125550123", ["Direction"] = "inbound", ["From"] = "+13125550123", ["FromCity"] = "CHICAGO",
            ["FromCountry"] = "US", ["FromState"] = "IL", ["FromZip"] = "", ["To"] = PhoneNumber, ["ToCity"] = "", ["ToCountry"] = "US",
        };
        var signed = new Uri(Api.BaseAddress!, path).AbsoluteUri + string.Concat(fields.Select(field => field.Key + field.Value));
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(AuthToken), Encoding.UTF8.GetBytes(signed)));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("X-Twilio-Signature", signature);
        return request;
    }

    private static async Task<JsonNode> PostAsync(HttpClient api, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await api.PostAsJsonAsync(path, body, cancellationToken);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!
            : throw new CallFailedException($"{path} was refused: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
