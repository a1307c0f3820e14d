using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Running;

/// <summary>The small process that starts all others and ends them when this one dies.</summary>
internal sealed class Supervisor(LogStream log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SupervisedProcess> _processes = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private volatile bool _stopping;

    /// <summary>The dotnet host that runs us.</summary>
    public static string Dotnet { get; } = FindDotnet();

    public void Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Aspire.Hosting.Orchestration.dll");
        // In a session of its own: Ctrl-C in the terminal is for the AppHost, which then stops the children in order.
        _process = Process.Start(new ProcessStartInfo("setsid", [Dotnet, program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        }) ?? throw new DistributedApplicationException("The supervisor did not start.");
        _reading = ReadAsync();
    }

    public async Task<SupervisedProcess> StartAsync(Command command, Action<string, bool> line)
    {
        var process = new SupervisedProcess(this, command.Id, line);
        _processes[command.Id] = process;
        await SendAsync(command);
        await process.Started;
        return process;
    }

    public async Task SendAsync(Command command)
    {
        var line = JsonSerializer.Serialize(command, Wire.Default.Command);
        await _writing.WaitAsync();
        try
        {
            await _process!.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException) when (_process!.HasExited)
        {
            // The reader sees the end too, and says so.
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null || _stopping) return;
        _stopping = true;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process!.StandardOutput.ReadLineAsync() is { } line)
        {
            var report = JsonSerializer.Deserialize(line, Wire.Default.Report)!;
            if (_processes.TryGetValue(report.Id, out var process)) process.Receive(report);
        }

        if (_stopping) return;
        log.Warn("The supervisor is gone: ending every process.");
        foreach (var process in _processes.Values) process.Abandon();
    }

    private static string FindDotnet()
    {
        // /usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(shared, "..", "..", "..", "dotnet"));
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }
}

internal sealed class SupervisedProcess(Supervisor supervisor, string id, Action<string, bool> line)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pid;

    public Task Started => _started.Task;

    public Task<int> Exited => _exited.Task;

    /// <summary>Asks the process to end, and makes it after the grace.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (Exited.IsCompleted) return;
        await supervisor.SendAsync(new Command("signal", id, Signal: Posix.SigTerm));
        if (await Task.WhenAny(Exited, Task.Delay(grace)) == Exited) return;
        await supervisor.SendAsync(new Command("signal", id, Signal: Posix.SigKill));
        await Task.WhenAny(Exited, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    public void Receive(Report report)
    {
        switch (report.Kind)
        {
            case "started":
                _pid = report.Number;
                _started.TrySetResult();
                break;
            case "failed":
                _started.TrySetException(new DistributedApplicationException(report.Text!));
                break;
            case "exited":
                _exited.TrySetResult(report.Number);
                break;
            default:
                line(report.Text ?? "", report.Kind == "error");
                break;
        }
    }

    /// <summary>Nobody follows the process any more: ends its whole group.</summary>
    public void Abandon()
    {
        if (_pid != 0 && !Exited.IsCompleted) Posix.Signal(-_pid, Posix.SigKill);
        _started.TrySetException(new DistributedApplicationException("The supervisor is gone."));
        _exited.TrySetResult(128 + Posix.SigKill);
    }
}
