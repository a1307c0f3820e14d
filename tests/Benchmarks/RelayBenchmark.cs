using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// What a call costs a whole relay: real WebSockets on loopback, the relay's process on one core, the callers' on the other. The same callers then meet a
/// bare Kestrel that sends each message back, and one that sends as much as the relay does without looking at anything.
/// </summary>
internal static class RelayBenchmark
{
    // Until the compiler of the second tier is through.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    /// <param name="args">Nothing: everything. <c>server KIND</c>: the measured process. Else <c>KIND CALLS SECONDS [talk]</c>: one run.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["server", var kind])
            await RelayServer.RunAsync(kind);
        else if (args is [var server, var calls, var seconds, ..])
            Print(await MeasureAsync(server, int.Parse(calls, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture), args is [.., "talk"]));
        else if (Environment.ProcessorCount > 1)
            await Start(1, ["relay", .. args]).WaitForExitAsync();
        else
            await CompareAsync();
        return 0;
    }

    private static async Task CompareAsync()
    {
        PrintHead();
        foreach (var kind in (string[])["echo", "talk", "relay", "echo", "talk", "relay"])
            Print(await MeasureAsync(kind, calls: 400, seconds: 15, isTalking: false));
        // With so few the callers' core keeps up with an echo too.
        foreach (var kind in (string[])["echo", "relay"])
            Print(await MeasureAsync(kind, calls: 100, seconds: 15, isTalking: false));
        foreach (var kind in (string[])["talk", "relay", "relay"])
            Print(await MeasureAsync(kind, calls: 200, seconds: 20, isTalking: false));
        Print(await MeasureAsync("relay", calls: 200, seconds: 20, isTalking: true));
    }

    private static async Task<RelayRun> MeasureAsync(string kind, int calls, int seconds, bool isTalking)
    {
        using var server = Start(0, ["relay", "server", kind], redirect: true);
        try
        {
            var port = JsonSerializer.Deserialize<int>((await server.StandardOutput.ReadLineAsync())!);
            return await LoadAsync(kind, server, port, calls, seconds, isTalking);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<RelayRun> LoadAsync(string kind, Process server, int port, int calls, int seconds, bool isTalking)
    {
        var callers = Enumerable.Range(0, calls).Select(number => new RelayCaller(number, isTalking)).ToArray();
        foreach (var caller in callers)
            await caller.ConnectAsync(port);

        using var over = new CancellationTokenSource();
        var load = new RelayLoad(callers);
        var running = load.RunAsync(over.Token);
        await Task.Delay(WarmUp);

        load.Forget();
        var before = await SnapshotAsync(server);
        var (sent, heard, clears) = (callers.Sum(c => c.FramesSent), callers.Sum(c => c.FramesHeard), callers.Sum(c => c.Clears));
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var after = await SnapshotAsync(server);
        var lateness = load.Forget();
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        var run = new RelayRun(
            isTalking ? kind + ", interrupted" : kind, calls, callers.Sum(c => c.FramesSent) - sent, callers.Sum(c => c.FramesHeard) - heard,
            callers.Sum(c => c.Clears) - clears, callers.Count(c => c.IsOver), after.CpuMs - before.CpuMs, after.Allocated - before.Allocated,
            [.. after.Lateness.Order()], [.. after.ClearDelay.Order()], [.. lateness.Order()]);

        await over.CancelAsync();
        await running;
        foreach (var caller in callers)
            caller.Dispose();
        return run;
    }

    private static async Task<RelaySnapshot> SnapshotAsync(Process server)
    {
        await server.StandardInput.WriteLineAsync();
        return JsonSerializer.Deserialize<RelaySnapshot>((await server.StandardOutput.ReadLineAsync())!)!;
    }

    private static Process Start(int core, string[] args, bool redirect = false)
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"{core}", Environment.ProcessPath!, Environment.GetCommandLineArgs()[0], .. args])
        {
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
        };
        // As the relay itself runs, and not as this project does.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_gcServer"] = "1";
        // As AppHost starts it; the bare echo is as a newcomer would write it.
        if (args is ["relay", "server", "relay" or "talk"])
            start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        // Where the test host would look for what the relay serves: it serves nothing.
        start.Environment["ASPNETCORE_TEST_CONTENTROOT_RAPIDA_MEDIARELAY"] = AppContext.BaseDirectory;
        return Process.Start(start)!;
    }

    private static void PrintHead()
    {
        Console.WriteLine("| server | calls | CPU ms per call-second | us per frame in | frames out per in | bytes allocated per frame in | pacer lateness p50, p99, max (ms) | clear p50, p99, max (ms) of how many | load late p99 (ms) |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    private static void Print(RelayRun run)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {run.Kind} | {run.Calls} | {run.CpuMs / (run.FramesIn / 50.0):0.000} | {run.CpuMs * 1_000 / run.FramesIn:0.00} | {(double)run.FramesOut / run.FramesIn:0.000} | {(double)run.Allocated / run.FramesIn:0.0} | {Percentiles(run.Lateness)} | {Percentiles(run.ClearDelay)} of {run.Clears} | {At(run.LoadLateness, 0.99):0.0} |{(run.Lost > 0 ? $" {run.Lost} calls lost" : "")}"));
    }

    private static string Percentiles(double[] sorted) => sorted.Length == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{At(sorted, 0.5):0.00}, {At(sorted, 0.99):0.00}, {sorted[^1]:0.00}");

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[(int)(part * (sorted.Length - 1))];
}

/// <summary>What one run has shown.</summary>
internal sealed record RelayRun(
    string Kind, int Calls, long FramesIn, long FramesOut, int Clears, int Lost, double CpuMs, long Allocated,
    double[] Lateness, double[] ClearDelay, double[] LoadLateness);

/// <summary>Lets callers send by the clock: a twentieth of them every millisecond.</summary>
internal sealed class RelayLoad(RelayCaller[] callers)
{
    private const int Groups = 20;

    /// <summary>How much later than planned each group sent, in milliseconds.</summary>
    public List<double> Lateness { get; private set; } = [];

    /// <summary>What it has been since then goes on in a list of its own.</summary>
    public List<double> Forget()
    {
        var before = Lateness;
        Lateness = [];
        return before;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (var slot = 0; !cancellationToken.IsCancellationRequested; slot++)
        {
            var due = TimeSpan.FromMilliseconds(slot) - clock.Elapsed;
            if (due > TimeSpan.Zero)
                await Task.Delay(due, CancellationToken.None);
            Lateness.Add((clock.Elapsed - TimeSpan.FromMilliseconds(slot)).TotalMilliseconds);
            for (var i = slot % Groups; i < callers.Length; i += Groups)
            {
                if (!callers[i].IsOver)
                    await callers[i].TickAsync();
            }
        }
    }
}
