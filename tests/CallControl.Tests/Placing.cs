using System.Net;
using System.Text.Json.Nodes;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Outbound;
using Rapida.Media.V1;

namespace CallControl.Tests;

/// <summary>A tenant who places calls, and the person whom they reach.</summary>
internal sealed class Placing : IDisposable
{
    private readonly CallsUnderTest _calls;

    public Placing(CallsUnderTest calls, Tenant? tenant = null)
    {
        (_calls, Tenant) = (calls, tenant ?? calls.NewTenant());
        Http = calls.Service.NewHttpClient();
        Http.DefaultRequestHeaders.Add("x-api-key", $"calls:read,calls:write,deployments:read,deployments:write {Tenant.ProjectId}");
    }

    public Tenant Tenant { get; }

    public HttpClient Http { get; }

    /// <summary>The number that is called.</summary>
    public string To { get; } = $"+1415{Random.Shared.Next(1_000_000, 9_999_999)}";

    public FakeTwilio.Callee Callee => _calls.Twilio.CalleeAt(To);

    public JsonObject Body(params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["assistant_id"] = Tenant.AssistantId, ["to_number"] = To };
        foreach (var (name, value) in fields)
            body[name] = value;
        return body;
    }

    public async Task<HttpResponseMessage> PostAsync(JsonObject body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/calls") { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Http.SendAsync(request);
    }

    /// <summary>Places a call, and returns its id.</summary>
    public async Task<Guid> PlaceAsync(params (string Name, JsonNode? Value)[] fields)
    {
        using var answer = await PostAsync(Body(fields));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return Guid.Parse((string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!);
    }

    /// <summary>Places calls to as many numbers, from one of the tenant's.</summary>
    public async Task<Guid[]> PlaceToManyAsync(int count, string? from = null)
    {
        var (prefix, ids) = ($"+1415{Random.Shared.Next(1_000, 9_999)}", new Guid[count]);
        for (var i = 0; i < count; i++)
            ids[i] = await PlaceAsync([("to_number", $"{prefix}{i:000}"), .. from is null ? [] : new (string, JsonNode?)[] { ("from_number", from) }]);
        return ids;
    }

    /// <summary>The next request for a call that Twilio gets.</summary>
    public async Task<FakeTwilio.Dialled> DialledAsync() => await Callee.Dials.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Places a call, waits until Twilio has it, and returns Twilio's side of it.</summary>
    public async Task<(Guid Id, Caller Line, Document Document)> RingAsync(params (string Name, JsonNode? Value)[] fields)
    {
        var id = await PlaceAsync(fields);
        var dialled = await DialledAsync();
        await UntilAsync(id, call => call.CallSid is not null);
        return (id, LineOf(dialled), Document.Of(dialled.Form["Twiml"]));
    }

    public Caller LineOf(FakeTwilio.Dialled dialled) => new(_calls, Tenant) { CallSid = dialled.CallSid };

    /// <summary>The same, answered and connected to a relay.</summary>
    public async Task<(Guid Id, Caller Line, Document Document, ClaimResponse Claim)> TalkAsync(params (string Name, JsonNode? Value)[] fields)
    {
        var (id, line, document) = await RingAsync(fields);
        return (id, line, document, await line.ClaimAsync(document));
    }

    public async Task<JsonNode> ShowAsync(Guid id) => (await Http.GetFromJsonAsync<JsonNode>($"/v1/calls/{id}"))!;

    public async Task<string[]> EventsAsync(Guid id) =>
        [.. (await Http.GetFromJsonAsync<JsonNode>($"/v1/calls/{id}/events"))!["events"]!.AsArray().Select(one => $"{one!["kind"]} {one["word"]}")];

    /// <summary>The call, once it is as a test waits for it; meanwhile time passes if it is said how.</summary>
    public async Task<Call> UntilAsync(Guid id, Func<Call, bool> isSo, TimeSpan? passing = null)
    {
        for (var i = 0; i < 600; i++)
        {
            var call = (await _calls.CallsOfAsync(Tenant)).Single(row => row.Id == id);
            if (isSo(call))
                return call;
            if (passing is { } time)
                _calls.Clock.Advance(time);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        Assert.Fail($"The call did not come to that. What happened: {string.Join(", ", await EventsAsync(id))}");
        throw new InvalidOperationException();
    }

    /// <summary>The call's dial, once it is as a test waits for it.</summary>
    public async Task<Dial> DialAsync(Guid id, Func<Dial, bool> isSo)
    {
        for (var i = 0; i < 600; i++)
        {
            await using var db = _calls.NewDbContext();
            var dial = db.Dials.Single(row => row.CallId == id);
            if (isSo(dial))
                return dial;
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        Assert.Fail($"The dial did not come to that. What happened: {string.Join(", ", await EventsAsync(id))}");
        throw new InvalidOperationException();
    }

    public void Dispose() => Http.Dispose();
}
