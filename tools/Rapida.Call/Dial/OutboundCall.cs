using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rapida.Call.Dial;

/// <summary>Has the demo assistant call a number, and prints what happens as it comes. Who answers is told to the emulated Twilio first.</summary>
internal sealed class OutboundCall(RunningSystem system, DialOptions options, CallerRecording callee, string dataFolder)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly string _callee = $"/emulator/callees/{Uri.EscapeDataString(options.To)}";
    private int _printed;

    /// <returns>The exit code: 0 when it ended as it should.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await DescribeCalleeAsync(cancellationToken);
        var call = await PlaceAsync(cancellationToken);
        var id = (string)call["id"]!;
        Console.WriteLine($"Call queued: id={id} conversation_id={call["conversation"]!["id"]}");

        while (call["ended_by"] is null)
        {
            await Task.Delay(Poll, cancellationToken);
            await PrintEventsAsync(id, cancellationToken);
            call = await GetAsync($"/v1/calls/{id}", cancellationToken);
            if (options.As == "canceled" && (string?)call["status"] == "ringing")
                await system.Api.PostAsync($"/v1/calls/{id}/cancel", null, cancellationToken);
        }

        await PrintEventsAsync(id, cancellationToken);
        (await system.Emulator.DeleteAsync(_callee, cancellationToken)).Dispose();
        var recording = await FinishAsync(call, cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                Status = (string?)call["status"],
                EndedBy = (string?)call["ended_by"],
                Fault = (string?)call["fault"],
                Reason = (string?)call["reason"],
                AnsweredBy = (string?)call["answered_by"],
                SipCode = (int?)call["sip_code"],
                DurationSeconds = (int?)call["duration_seconds"],
                RecordingWav = recording,
            },
            EmulatedCall.Json));
        var (status, endedBy) = options.Expected;
        return (string?)call["status"] == status && (endedBy is null || (string?)call["ended_by"] == endedBy) && (options.As != "answered" || recording is not null)
            ? 0
            : 1;
    }

    private async Task DescribeCalleeAsync(CancellationToken cancellationToken)
    {
        var description = options.As switch
        {
            "answered" => new JsonObject { ["wav"] = callee.Wav },
            "canceled" => new JsonObject { ["outcome"] = "no-answer" },
            "machine" => new JsonObject { ["answered_by"] = "machine_start" },
            var outcome => new JsonObject { ["outcome"] = outcome },
        };
        using var answer = await system.Emulator.PutAsJsonAsync(_callee, description, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new CallFailedException($"The emulated Twilio cannot call this number: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private async Task<JsonNode> PlaceAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/calls")
        {
            Content = JsonContent.Create(new JsonObject
            {
                ["assistant_id"] = system.Run.AssistantId,
                ["to_number"] = options.To,
                ["metadata"] = new JsonObject { ["campaign"] = "follow-up" },
                ["machine_detection"] = options.As == "machine" ? "hang_up" : "off",
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await system.Api.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return answer.IsSuccessStatusCode ? body! : throw new CallFailedException($"It was refused: {(string?)body?["detail"]} ({(string?)body?["code"]})");
    }

    private async Task PrintEventsAsync(string id, CancellationToken cancellationToken)
    {
        var events = (await GetAsync($"/v1/calls/{id}/events", cancellationToken))["events"]!.AsArray();
        foreach (var one in events.Skip(_printed))
            Console.WriteLine($"  {(DateTimeOffset)one!["at"]!:HH:mm:ss.fff}  {(string?)one["kind"],-18} {(string?)one["word"]} {(string?)one["detail"]}");
        _printed = events.Count;
    }

    // What was said, and where the recording is; null when nobody talked.
    private async Task<string?> FinishAsync(JsonNode call, CancellationToken cancellationToken) =>
        (string?)call["provider_call_id"] is { } sid && call["answered_at"] is not null && options.As == "answered"
            ? (await new Conversation(system, sid).FinishAsync(dataFolder, cancellationToken)).RecordingWav
            : null;

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        (await system.Api.GetFromJsonAsync<JsonNode>(path, cancellationToken))!;
}
