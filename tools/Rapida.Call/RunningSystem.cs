using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rapida.Call;

/// <summary>A running system, as <c>.data/run.json</c> tells of it. One that was started for this call ends with it.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    // Not SIGINT: what a shell starts in the background ignores that.
    private const int SigTerm = 15;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Process? _started;

    private RunningSystem(RunFile run, Process? started)
    {
        (Run, _started) = (run, started);
        Api = new() { BaseAddress = new(run.GatewayUrl) };
        Api.DefaultRequestHeaders.Add("x-api-key", run.ApiKey);
        Emulator = new() { BaseAddress = new(run.EmulatorUrl), Timeout = Timeout.InfiniteTimeSpan };
    }

    internal sealed record RunFile(
        string GatewayUrl, string MediaUrl, string EmulatorUrl, string ApiKey, string AssistantId, string PhoneNumber, int ProcessId);

    internal sealed record CallView(string Id, string? ProviderCallId, ConversationRef Conversation);

    internal sealed record ConversationRef(string Id);

    private sealed record CallList(IReadOnlyList<CallView> Calls);

    public RunFile Run { get; }

    /// <summary>The public API, with the demo tenant's key.</summary>
    public HttpClient Api { get; }

    public HttpClient Emulator { get; }

    public static async Task<RunningSystem> FindOrStartAsync(CallOptions options, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.DataFolder, "run.json");
        if (TryRead(path) is { } running)
            return new(running, started: null);

        Console.WriteLine("Nothing runs yet: starting the system for this call (make run keeps it running).");
        return await StartAsync(options.Checkout, options.DataFolder, new Dictionary<string, string>(), cancellationToken);
    }

    /// <summary>One that ends with this.</summary>
    /// <param name="checkout">Whose <c>make run</c>.</param>
    /// <param name="dataFolder">Where its data lies; nothing else may run there.</param>
    /// <param name="settings">What it is started with besides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunningSystem> StartAsync(
        string checkout, string dataFolder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var (path, log) = (Path.Combine(dataFolder, "run.json"), Path.Combine(dataFolder, "call-run.log"));
        Directory.CreateDirectory(dataFolder);
        File.Delete(path);
        var start = new ProcessStartInfo("sh", ["-c", $"exec make --no-print-directory -C '{checkout}' run >'{log}' 2>&1 </dev/null"]);
        start.Environment["RAPIDA_DATA"] = dataFolder;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartsWithin; await Task.Delay(250, cancellationToken))
        {
            if (TryRead(path) is { } run)
                return new(run, process);
            if (process.HasExited)
                throw new CallFailedException($"The system did not start:\n{Tail(log)}");
        }

        await EndAsync(process);
        throw new CallFailedException($"The system was not ready within {StartsWithin.TotalMinutes} minutes:\n{Tail(log)}");
    }

    /// <summary>The last hundred, the newest first.</summary>
    public async Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancellationToken) =>
        (await Api.GetFromJsonAsync<CallList>("/v1/calls?page_size=100", Json, cancellationToken))!.Calls;

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Emulator.Dispose();
        if (_started is not null)
        {
            // The AppHost itself, not the make and dotnet run above it: they end when it does.
            _ = Kill(Run.ProcessId, SigTerm);
            await EndAsync(_started);
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            _ = Kill(process.Id, SigTerm);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static RunFile? TryRead(string path)
    {
        if (!File.Exists(path) || JsonSerializer.Deserialize<RunFile>(File.ReadAllText(path), Json) is not { } run)
            return null;
        // A file that a run left behind when it was killed.
        return Directory.Exists($"/proc/{run.ProcessId}") ? run : null;
    }

    private static string Tail(string log) => string.Join('\n', File.ReadLines(log).TakeLast(20));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
