using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Grpc.Core;
using Xunit;

namespace Rapida.Testing.Fuzz;

/// <summary>
/// Many made-up messages against one service, what came of each, and what memory that took. <c>RAPIDA_FUZZ_MESSAGES</c> says how many all services get
/// together, <c>RAPIDA_FUZZ_SEED</c> repeats what was made up in an earlier run, and <c>RAPIDA_FUZZ_REPORT</c> is a folder for the report.
/// </summary>
public sealed class FuzzRun
{
    // A few seconds for each service.
    private const int Short = 10_000;
    private const int Quarters = 4;
    private const int MostFaultsTold = 10;

    // With fewer, what is only filled once (pools, caches with a limit, compiled code) counts for more than what would leak.
    private const int EnoughToJudgeMemory = 50_000;

    private readonly string _what;
    private readonly ConcurrentDictionary<(string Kind, string Outcome), int> _outcomes = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly List<long> _memory = [];
    private readonly Stopwatch _watch = new();
    private long _left;

    /// <param name="what">What is attacked, such as <c>webhooks</c>.</param>
    /// <param name="percent">Its share of all messages.</param>
    public FuzzRun(string what, int percent)
    {
        _what = what;
        Messages = (int)(Given("RAPIDA_FUZZ_MESSAGES", Short) * percent / 100L);
        Seed = Given("RAPIDA_FUZZ_SEED", Random.Shared.Next(1_000_000_000));
    }

    /// <summary>How many there shall be.</summary>
    public int Messages { get; }

    /// <summary>Of everything that is made up.</summary>
    public int Seed { get; }

    /// <summary>How often something came of a message, whatever its kind.</summary>
    public int CountOf(string outcome) => _outcomes.Where(pair => pair.Key.Outcome == outcome).Sum(pair => pair.Value);

    /// <summary>A message was sent, and this came of it.</summary>
    public void Note(string kind, string outcome, int count = 1) => _outcomes.AddOrUpdate((kind, outcome), count, (_, before) => before + count);

    /// <summary>This must not have come of it.</summary>
    public void Fault(string kind, string fault, ReadOnlySpan<byte> message)
    {
        if (_faults.Count < MostFaultsTold)
            _faults.Enqueue($"{kind}: {fault}: {Encoding.Latin1.GetString(message[..Math.Min(message.Length, 600)])}");
    }

    /// <summary>Lets workers send until all messages were. Memory is taken at each quarter, when none of them is under way.</summary>
    /// <param name="workers">How many at once.</param>
    /// <param name="workAsync">Sends for as long as it can take another message.</param>
    /// <param name="settledAsync">Waits until the service has dealt with what it took; null: it has when it has answered.</param>
    public async Task SendAsync(int workers, Func<Random, Func<bool>, Task> workAsync, Func<Task>? settledAsync = null)
    {
        // What other tests have left behind is collected before anybody listens.
        _memory.Add(MemoryAfterCollection());
        TaskScheduler.UnobservedTaskException += NoteUnobserved;
        _watch.Start();
        for (var quarter = 0; quarter < Quarters && _faults.Count < MostFaultsTold; quarter++)
        {
            _left = Messages / Quarters;
            var first = Seed + (quarter * workers);
            await Task.WhenAll(Enumerable.Range(first, workers).Select(seed => Task.Run(() => workAsync(new(seed), TakeOne))));
            _watch.Stop();
            if (settledAsync is not null)
                await settledAsync();
            _memory.Add(MemoryAfterCollection());
            _watch.Start();
        }

        _watch.Stop();
        TaskScheduler.UnobservedTaskException -= NoteUnobserved;
        Report();
    }

    /// <summary>Fails when something came that must not have.</summary>
    public void AssertNoFaults() =>
        Assert.True(_faults.IsEmpty, $"RAPIDA_FUZZ_SEED={Seed} {_what}:{Environment.NewLine}{string.Join(Environment.NewLine, _faults)}");

    /// <summary>
    /// Fails when memory grows with messages. The first quarter fills what has a limit; of what leaks 200 bytes a message the other three would leave
    /// more than the margin.
    /// </summary>
    public void AssertMemoryIsFlat()
    {
        if (Messages < EnoughToJudgeMemory)
            return;
        var most = (_memory[1] * 11 / 10) + Math.Min(16L << 20, Messages * 75L);
        Assert.True(_memory[^1] <= most, $"RAPIDA_FUZZ_SEED={Seed} {_what}: {Memory()} MB, and {Megabytes(most)} would be flat.");
    }

    private bool TakeOne() => _faults.Count < MostFaultsTold && Interlocked.Decrement(ref _left) >= 0;

    private void NoteUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        // Of a call that is cancelled, because its caller has gone, Grpc.Net.Client leaves the sending behind.
        if (!unobserved.Exception.Flatten().InnerExceptions.All(exception => exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }))
            Fault("any", $"nobody looked at {unobserved.Exception}", []);
    }

    private void Report()
    {
        var sent = _outcomes.Values.Sum();
        var report = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{_what}: {sent} messages in {_watch.Elapsed.TotalSeconds:0} s, {sent / _watch.Elapsed.TotalSeconds:0} a second, seed {Seed}")
            .AppendLine(CultureInfo.InvariantCulture, $"  memory after a collection, at the beginning and after each quarter: {Memory()} MB");
        foreach (var kind in _outcomes.GroupBy(pair => pair.Key.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var outcomes = kind.OrderBy(pair => pair.Key.Outcome, StringComparer.Ordinal).Select(pair => $"{pair.Key.Outcome} {pair.Value}");
            report.AppendLine(CultureInfo.InvariantCulture, $"  {kind.Key,-16} {kind.Sum(pair => pair.Value),8}  {string.Join(", ", outcomes)}");
        }

        if (Environment.GetEnvironmentVariable("RAPIDA_FUZZ_REPORT") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{_what}.fuzz"), report.ToString());
    }

    private string Memory() => string.Join(" → ", _memory.Select(Megabytes));

    private static string Megabytes(long bytes) => (bytes / 1_048_576.0).ToString("0.0", CultureInfo.InvariantCulture);

    // Twice: a finaliser lets go of what only the second collection takes, and tells of tasks that nobody looked at.
    private static long MemoryAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Given(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
