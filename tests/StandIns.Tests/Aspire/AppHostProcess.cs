using System.Diagnostics;
using System.Text;
using Xunit.Sdk;

namespace StandIns.Tests.Aspire;

/// <summary>The sample AppHost in a process of its own, with all that it writes.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StringBuilder _output = new();
    private TaskCompletionSource _wrote = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly Task _reading;

    private AppHostProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public Uri Api { get; private set; } = null!;

    public Uri ApiGrpc { get; private set; } = null!;

    public Uri Web { get; private set; } = null!;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public async Task WroteAsync(string words)
    {
        while (true)
        {
            Task next;
            lock (_output)
            {
                if (_output.ToString().Contains(words, StringComparison.Ordinal)) return;
                next = _wrote.Task;
            }

            await next.WaitAsync(Patience);
        }
    }

    public static Task<AppHostProcess> StartAsync() => ReadyAsync(Launch());

    /// <summary>As a person starts it: the AppHost is a child of <c>dotnet run</c>.</summary>
    public static Task<AppHostProcess> RunAsync() => ReadyAsync(Launch("run", "--no-build", "--project", Project));

    public static AppHostProcess Launch() => Launch("exec", Assembly);

    private static string Assembly => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "StandIns.Tests.AppHost", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "StandIns.Tests.AppHost.dll"));

    private static string Project => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "StandIns.Tests.AppHost", "StandIns.Tests.AppHost.csproj"));

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        kill.WaitForExit();
    }

    public async Task<TimeSpan> ExitAsync()
    {
        var watch = Stopwatch.StartNew();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return watch.Elapsed;
    }

    /// <summary>The end of every process that runs under the AppHost: what it wrote last has been read, since none of them holds the pipe.</summary>
    public Task AllGoneAsync() => _reading.WaitAsync(Patience);

    /// <summary>The processes of the machine that carry the mark of this AppHost in their environment.</summary>
    public IReadOnlyList<string> Remaining() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Where(IsMarked)
            .Select(folder => File.ReadAllText(folder + "/cmdline").Replace('\0', ' ')),
    ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Signal("TERM");
        await ExitAsync();
        await AllGoneAsync();
        _process.Dispose();
    }

    private string Mark => _process.StartInfo.Environment["STAND_INS_TEST"]!;

    private static AppHostProcess Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["STAND_INS_TEST"] = Guid.NewGuid().ToString();
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return new AppHostProcess(Process.Start(start)!);
    }

    private static async Task<AppHostProcess> ReadyAsync(AppHostProcess host)
    {
        try
        {
            var addresses = (await host._ready.Task.WaitAsync(Patience)).Split(' ');
            (host.Api, host.ApiGrpc, host.Web) = (new Uri(addresses[1]), new Uri(addresses[2]), new Uri(addresses[3]));
            return host;
        }
        catch (TimeoutException)
        {
            await host.DisposeAsync();
            throw new XunitException("The AppHost did not become ready:\n" + host.Output);
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
                _wrote.SetResult();
                _wrote = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (line.StartsWith("ADDRESSES ", StringComparison.Ordinal)) _ready.TrySetResult(line);
        }

        _ready.TrySetException(new XunitException("The AppHost ended:\n" + Output));
    }

    private bool IsMarked(string folder)
    {
        try
        {
            return File.ReadAllText(folder + "/environ").Contains(Mark, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
