using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rapida.Call.Soak;

/// <summary>Many calls at once for a while: every one has to end as it should, and memory has to stay where it is.</summary>
internal sealed class SoakTest(RunningSystem system, string number, CallerRecording caller, SoakOptions options, string checkout)
{
    // Once everything is warm; what it grows by from here on is not given back.
    private static readonly TimeSpan Warm = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private int _well;
    private int _badly;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var lines = new List<Task>();
        for (var line = 0; line < options.Calls; line++)
        {
            lines.Add(CallAgainAndAgainAsync(cancellationToken));
            await Task.Delay(BetweenCalls, cancellationToken);
        }

        var (first, last) = await WatchAsync(cancellationToken);
        await Task.WhenAll(lines);
        Console.WriteLine(JsonSerializer.Serialize(new { calls = options.Calls, well = _well, badly = _badly, rss_mb_warm = first, rss_mb_end = last }));
        return _badly == 0 && _well > 0 ? 0 : 1;
    }

    private async Task CallAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        while (_elapsed.Elapsed < options.Duration)
        {
            var call = await EmulatedCall.PlaceAsync(system, new { to = number, wav = caller.Wav }, cancellationToken);
            var report = await call.WaitAsync(cancellationToken);
            if (report is { Answered: true, EndReason: "hangup_verb", Warnings.Count: 0 })
                Interlocked.Increment(ref _well);
            else
            {
                Interlocked.Increment(ref _badly);
                Console.WriteLine($"  {call.CallSid}: {report.EndReason} {string.Join(' ', report.Warnings.Select(warning => warning.Message))}");
            }
        }
    }

    private async Task<(SortedDictionary<string, int> First, SortedDictionary<string, int> Last)> WatchAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<string, int>? first = null;
        while (true)
        {
            var memory = ResidentMemory.OfServices(checkout);
            if (_elapsed.Elapsed >= Warm)
                first ??= memory;
            Console.WriteLine(
                $"{_elapsed.Elapsed:mm\\:ss}  {_well} calls well, {_badly} badly   {string.Join("  ", memory.Select(row => $"{row.Key["Rapida.".Length..]} {row.Value} MB"))}");
            if (_elapsed.Elapsed >= options.Duration)
                return (first ?? memory, memory);
            await Task.Delay(Sample, cancellationToken);
        }
    }
}

/// <param name="Calls">At once.</param>
/// <param name="Duration">For so long new calls begin.</param>
internal sealed record SoakOptions(int Calls, TimeSpan Duration)
{
    public static SoakOptions Parse(string text) => text.Split(',') is [var calls, var minutes]
        && int.TryParse(calls, out var count) && count > 0 && int.TryParse(minutes, out var duration) && duration > 0
        ? new(count, TimeSpan.FromMinutes(duration))
        : throw new CallFailedException("SOAK is calls and minutes, for example SOAK=50,10.");
}
