using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Rapida.Call.Chaos;

/// <summary>
/// Places many calls while Twilio loses answers and callbacks, repeats, delays and reorders them, and while CallControl is killed again and
/// again. Then: was a number dialled twice, is every call in one terminal state, and is it Twilio's?
/// </summary>
internal sealed class ChaosTest(RunningSystem system, ChaosOptions options, string setting)
{
    /// <summary>What such a system is started with.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["Calls__Capacity__Default__ConcurrentCalls"] = "1000",
        ["Calls__Capacity__Default__CallsPerSecond"] = "200",
        ["Calls__Capacity__Default__Burst"] = "200",
        ["Calls__Outbound__Number__ConcurrentCalls"] = "1000",
        ["Calls__Outbound__Number__CallsPerSecond"] = "200",
        ["Calls__Outbound__Number__Burst"] = "200",
        ["Calls__Outbound__RingTimeout"] = "00:00:05",
    };

    private const int Lines = 8;
    private const long FirstNumber = 12_130_000_000;
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    // What goes wrong, by chance: the same in each run.
    private static readonly JsonObject Faults = JsonNode.Parse("""
        {
          "seed": 4711, "lost": 0.1, "twice": 0.1, "late": 0.2, "late_ms": 3000, "reordered": 0.1,
          "rate_limited": 0.05, "error_after": 0.03, "lost_answer": 0.03, "error_before": 0.01,
          "ring_ms": [100, 800], "stay_ms": [200, 1500],
          "outcomes": { "answered": 0.7, "busy": 0.1, "no-answer": 0.1, "failed": 0.05, "rejected": 0.05 }
        }
        """)!.AsObject();

    private int _sentAgain;
    private int _killed;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        (await system.Emulator.PutAsJsonAsync("/emulator/faults", Faults, cancellationToken)).EnsureSuccessStatusCode();
        using var control = ServiceProcess.Find("Rapida.CallControl", setting);
        var killing = KillAsync(control, cancellationToken);
        var ids = await PlaceAsync(cancellationToken);
        await killing;
        Console.WriteLine($"{ids.Count} calls are placed, {_sentAgain} requests were sent again, CallControl was killed {_killed} times. Waiting for the last to end.");
        var calls = await FinishAsync(ids, cancellationToken);
        return Judge(calls, await TwilioAsync(cancellationToken));
    }

    private async Task KillAsync(ServiceProcess control, CancellationToken cancellationToken)
    {
        for (; _killed < options.Kills; _killed++)
        {
            await Task.Delay(BetweenKills, cancellationToken);
            await control.KillAsync(cancellationToken);
            control.StartAgain();
            Console.WriteLine($"  killed CallControl, {_killed + 1} of {options.Kills}");
        }
    }

    // Spread over the time in which it is killed.
    private async Task<List<string>> PlaceAsync(CancellationToken cancellationToken)
    {
        var (ids, next, whole) = (new string[options.Calls], -1, BetweenKills * options.Kills);
        var elapsed = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Lines).Select(async _ =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < options.Calls;)
            {
                var wait = (whole * ((double)number / options.Calls)) - elapsed.Elapsed;
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancellationToken);
                ids[number] = await PlaceAsync(number, cancellationToken);
            }
        }));
        return [.. ids];
    }

    private async Task<string> PlaceAsync(int number, CancellationToken cancellationToken)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/calls")
            {
                Content = JsonContent.Create(new JsonObject { ["assistant_id"] = system.Run.AssistantId, ["to_number"] = $"+{FirstNumber + number}" }),
            };
            request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var answer = await system.Api.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["id"]!;
                if ((int)answer.StatusCode is < 500 and not 429)
                    throw new CallFailedException($"A call was refused: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (HttpRequestException)
            {
                // As if the answer was a 5xx.
            }

            Interlocked.Increment(ref _sentAgain);
            await Task.Delay(TryAgain, cancellationToken);
        }
    }

    private async Task<List<JsonNode>> FinishAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var (open, calls) = (new Queue<string>(ids), new List<JsonNode>());
        for (var waited = Stopwatch.StartNew(); open.TryDequeue(out var id);)
        {
            var call = await ShowAsync(id, cancellationToken);
            if (call["ended_by"] is not null || waited.Elapsed > SettledWithin)
                calls.Add(call);
            else
                open.Enqueue(id);
            if (call["ended_by"] is null)
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return calls;
    }

    private async Task<JsonNode> ShowAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await system.Api.GetAsync($"/v1/calls/{id}", cancellationToken);
            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
            await Task.Delay(TryAgain, cancellationToken);
        }
    }

    private async Task<ILookup<string, string>> TwilioAsync(CancellationToken cancellationToken)
    {
        var book = (await system.Emulator.GetFromJsonAsync<JsonNode>("/emulator/dials", cancellationToken))!;
        if ((int)book["dropped"]! > 0)
            throw new CallFailedException("The emulated Twilio has forgotten some calls: nothing is proved.");
        return book["dials"]!.AsArray().ToLookup(dial => (string)dial!["to"]!, dial => (string)dial!["status"]!);
    }

    private static int Judge(List<JsonNode> calls, ILookup<string, string> twilio)
    {
        Console.WriteLine();
        Console.WriteLine($"{"outcome",-12} {"ended by",-10} {"fault",-8} {"failure",-18} calls");
        foreach (var row in calls.CountBy(call => ((string?)call["status"], (string?)call["ended_by"], (string?)call["fault"], (string?)call["failure"])).OrderByDescending(row => row.Value))
            Console.WriteLine($"{row.Key.Item1,-12} {row.Key.Item2,-10} {row.Key.Item3,-8} {row.Key.Item4,-18} {row.Value,5}");

        var twice = twilio.Count(dials => dials.Count() > 1);
        var open = calls.Count(call => call["ended_by"] is null);
        var otherwise = calls.Count(call => call["ended_by"] is not null && !twilio[(string)call["to"]!].DefaultIfEmpty("failed").Contains((string?)call["status"]));
        Console.WriteLine();
        Console.WriteLine($"placed {calls.Count}, dialled {twilio.Count}, dialled twice {twice}, not ended {open}, ended otherwise than Twilio says {otherwise}");
        return twice == 0 && open == 0 && otherwise == 0 ? 0 : 1;
    }
}
