using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rapida.Call.Chaos;

/// <summary>One service of a running system: it can be killed, and started again as the AppHost had started it.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const int SigKill = 9;

    private readonly string[] _command;
    private readonly Dictionary<string, string> _environment;
    private readonly string _folder;
    private int _id;
    private Process? _started;

    private ServiceProcess(int id)
    {
        _id = id;
        _command = Read(id, "cmdline");
        _environment = Read(id, "environ").Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1]);
        _folder = new FileInfo($"/proc/{id}/cwd").LinkTarget!;
    }

    /// <param name="name">Its assembly.</param>
    /// <param name="setting">What stands in the environment of this system and of no other that runs here.</param>
    public static ServiceProcess Find(string name, string setting) => new(Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Where(id => id > 0)
        .FirstOrDefault(id => Array.Exists(Read(id, "cmdline"), part => Path.GetFileNameWithoutExtension(part) == name) && Read(id, "environ").Contains(setting)) is > 0 and var found
        ? found
        : throw new CallFailedException($"{name} does not run."));

    /// <summary>At once, in the middle of whatever it does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (Kill(_id, SigKill) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        if (_started is not null)
            await _started.WaitForExitAsync(cancellationToken);
        else
            while (File.Exists($"/proc/{_id}/cmdline") && Read(_id, "cmdline") is not ([] or [""]))
                await Task.Delay(10, cancellationToken);
    }

    /// <summary>With the same command, environment and folder as before.</summary>
    public void StartAgain()
    {
        _started?.Dispose();
        var start = new ProcessStartInfo(_command[0], _command[1..]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        _started = Process.Start(start)!;
        // Nobody reads it; it must not fill the pipe either.
        _started.OutputDataReceived += (_, _) => { };
        _started.BeginOutputReadLine();
        _id = _started.Id;
    }

    /// <summary>Ends what was started here; the AppHost ends the others.</summary>
    public void Dispose()
    {
        if (_started is { HasExited: false })
            _ = Kill(_id, SigKill);
        _started?.Dispose();
    }

    private static string[] Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}").TrimEnd('\0').Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // It has just ended.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
