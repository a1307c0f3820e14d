using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace StandIns.Tests.Data;

/// <summary>A Debian server on a port and in a folder of its own, started until it says that it is ready.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<ServerProcess> StartAsync(string readyLine, params string[] command)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = Describe(command), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => { if (line.Data?.Contains(readyLine, StringComparison.Ordinal) == true) ready.TrySetResult(); };
        process.ErrorDataReceived += (_, line) => { if (line.Data?.Contains(readyLine, StringComparison.Ordinal) == true) ready.TrySetResult(); };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{command[0]} ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartLimit);
        return new ServerProcess(process);
    }

    public static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(Describe(command))!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        // The fast stop of PostgreSQL and the stop of Redis.
        await RunAsync("kill", "-INT", $"{_process.Id}");
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Describe(string[] command) =>
        new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
