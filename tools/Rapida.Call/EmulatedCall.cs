using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Rapida.Call;

/// <summary>A call that the emulated Twilio makes. It knows nothing of our API, and tells what the caller heard.</summary>
internal sealed class EmulatedCall(HttpClient emulator, string callSid)
{
    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed record Utterance(int StartMs, int? EndMs, int? GapMs);

    internal sealed record Warning(int Code, string Message);

    /// <summary>Milliseconds: the first of the line, the others from there.</summary>
    internal sealed record Cue(int? StartMs, bool WasSpeaking, int? SilencedAfterMs, bool Resumed, int LongestPauseMs, int? SpokeAgainAfterMs);

    internal sealed record Stream(int? StartedMs, int? StoppedMs);

    internal sealed record Report(
        string Status, bool Answered, bool Finished, string? EndReason, string? HeardWav, string? CallerWav,
        IReadOnlyList<Stream> Streams, IReadOnlyList<Utterance> CallerUtterances, IReadOnlyList<Cue> Cues, IReadOnlyList<Warning> Warnings);

    private sealed record Placed(string CallSid);

    public string CallSid => callSid;

    /// <summary>Completes when the call is over.</summary>
    public Task Ended => _ended.Task;

    public static async Task<EmulatedCall> PlaceAsync(
        RunningSystem system, CallerRecording recording, CallOptions options, CancellationToken cancellationToken)
    {
        var to = options.To ?? system.Run.PhoneNumber;
        var call = await PlaceAsync(
            system,
            new { to, wav = recording.Wav, mode = options.IsTimed ? "timed" : "turns", echo = options.Echo },
            cancellationToken);
        Console.WriteLine($"Ringing {to} with {recording.Wav}");
        return call;
    }

    /// <param name="system">Its emulator places the call.</param>
    /// <param name="request">As <c>POST /emulator/calls</c> takes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EmulatedCall> PlaceAsync(RunningSystem system, object request, CancellationToken cancellationToken)
    {
        var response = await system.Emulator.PostAsJsonAsync("/emulator/calls", request, Json, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new CallFailedException($"The emulator refused the call: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        var placed = await response.Content.ReadFromJsonAsync<Placed>(Json, cancellationToken);
        return new(system.Emulator, placed!.CallSid);
    }

    /// <summary>Prints what happens on the line until the call is over.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await emulator.GetStreamAsync($"/emulator/calls/{callSid}/events", cancellationToken);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                if (item.EventType is "answered" or "warning" or "said" or "ended")
                    Console.WriteLine($"  · {item.EventType}{Detail(item.Data)}");
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Waits until the call is over.</summary>
    public async Task<Report> WaitAsync(CancellationToken cancellationToken)
    {
        // The events end with the call.
        await using (var stream = await emulator.GetStreamAsync($"/emulator/calls/{callSid}/events", cancellationToken))
            await stream.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        return await ReportAsync(cancellationToken);
    }

    public async Task<Report> ReportAsync(CancellationToken cancellationToken) =>
        (await emulator.GetFromJsonAsync<Report>($"/emulator/calls/{callSid}", Json, cancellationToken))!;

    private static string Detail(string data)
    {
        using var json = JsonDocument.Parse(data);
        foreach (var name in new[] { "text", "message", "end_reason" })
            if (json.RootElement.TryGetProperty(name, out var value))
                return $": {value}";
        return "";
    }
}
