using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace EndToEnd.Tests;

/// <summary>The whole system, started as <c>make run</c> starts it, with its data in a folder of its own.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _mark = $"RAPIDA_TEST_RUN={Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _log = new();
    private readonly bool _ownsData;
    private Process? _process;

    public RunningSystem()
        : this(Directory.CreateTempSubdirectory("rapida-e2e-").FullName) => _ownsData = true;

    internal RunningSystem(string dataFolder) => DataFolder = dataFolder;

    public string DataFolder { get; }

    public JsonElement Run { get; private set; }

    /// <summary>What it is started with besides.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>All lines that the system wrote.</summary>
    public IReadOnlyCollection<string> Lines => _log;

    /// <summary>What the system warned of, and its last lines, for when a test fails.</summary>
    public string LastLines => string.Join('\n', [.. _log.Where(IsWarning).TakeLast(60), "…", .. _log.TakeLast(60)]);

    private static bool IsWarning(string line) =>
        line.Contains(" warn: ", StringComparison.Ordinal) || line.Contains(" fail: ", StringComparison.Ordinal);

    // As root the servers' files lie elsewhere.
    private string? ServerFolder => new DirectoryInfo(Path.Combine(DataFolder, "servers")).LinkTarget;

    private string RunFile => Path.Combine(DataFolder, "run.json");

    public HttpClient NewApiClient()
    {
        var client = new HttpClient { BaseAddress = new(Run.GetProperty("gateway_url").GetString()!) };
        client.DefaultRequestHeaders.Add("x-api-key", Run.GetProperty("api_key").GetString());
        return client;
    }

    public async Task InitializeAsync()
    {
        File.Delete(RunFile);
        _process = Start("Rapida.AppHost");
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        for (var waited = Stopwatch.StartNew(); !File.Exists(RunFile); await Task.Delay(100))
            if (waited.Elapsed > ReadyWithin || _process.HasExited)
            {
                await EndAsync("KILL");
                Assert.Fail($"It was not ready:\n{string.Join('\n', _log.TakeLast(40))}");
            }

        Run = JsonDocument.Parse(await File.ReadAllTextAsync(RunFile)).RootElement;
    }

    public async Task DisposeAsync()
    {
        await EndAsync("TERM");
        if (_ownsData)
            DeleteData();
    }

    public void DeleteData()
    {
        if (ServerFolder is { } servers)
            Directory.Delete(servers, recursive: true);
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Starts a program of this solution with what the system was started with.</summary>
    public Process Start(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [OutputOf(project), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["RAPIDA_DATA"] = DataFolder;
        start.Environment["RAPIDA_SERVERS"] = "native";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["NO_COLOR"] = "1";
        start.Environment[_mark.Split('=')[0]] = _mark.Split('=')[1];
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>A setting as the AppHost has given it to some service, such as <c>ConnectionStrings__vault-db</c>.</summary>
    public string Setting(string name) => Directory.EnumerateDirectories("/proc").Where(IsOurs)
        .SelectMany(process => Read(process, "environ").Split('\0'))
        .First(setting => setting.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Asks again and again, for a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(200))
            Assert.True(waited.Elapsed < Patience, "It did not come to that.");
    }

    /// <summary>Sends a signal to the AppHost, and fails when anything that it started is there 5 s later.</summary>
    public async Task EndAsync(string signal)
    {
        if (_process is null)
            return;
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        List<string> left;
        for (var waited = Stopwatch.StartNew(); (left = Left()).Count > 0 && waited.Elapsed < GoneWithin; await Task.Delay(100))
        {
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        Assert.Empty(left);
    }

    // By the environment that children inherit. PostgreSQL overwrites its own with its title: it is known by the folder that it works in.
    private List<string> Left() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(process => IsOurs(process)).Select(process => Read(process, "cmdline").Replace('\0', ' ')),
    ];

    private bool IsOurs(string process) =>
        int.TryParse(Path.GetFileName(process), out _)
        && (Read(process, "environ").Contains(_mark, StringComparison.Ordinal) || WorksIn(process, DataFolder) || WorksIn(process, ServerFolder))
        && !Read(process, "stat").Contains(") Z ", StringComparison.Ordinal);

    private static bool WorksIn(string process, string? folder) =>
        folder is not null && new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true;

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // It has just ended.
        }
    }

    // artifacts/bin/EndToEnd.Tests/debug/ → artifacts/bin/<project>/debug/<project>.dll
    private static string OutputOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }
}
