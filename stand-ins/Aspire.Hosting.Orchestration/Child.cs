using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>One process in a session and process group of its own, so that Ctrl-C in the terminal does not reach it and a signal reaches all that it started.</summary>
internal sealed class Child(Process process)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public int Id { get; } = process.Id;

    public required Task Ended { get; init; }

    public static Child Start(Command command, Action<Report> report)
    {
        // setsid replaces itself by the program: the pid stays, and is the id of the new group.
        var start = new ProcessStartInfo("setsid", [command.File!, .. command.Arguments ?? []])
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment ?? []) start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        report(new Report("started", command.Id, process.Id));
        return new Child(process) { Ended = FollowAsync(process, command.Id, report) };
    }

    public void Signal(int signal)
    {
        // A polite signal goes to the program, which knows how to end what it started; the last one goes to the whole group.
        if (!process.HasExited) Posix.Signal(signal == Posix.SigKill ? -Id : Id, signal);
    }

    private static async Task FollowAsync(Process process, string id, Action<Report> report)
    {
        var lines = Task.WhenAll(
            ForwardAsync(process.StandardOutput, id, "line", report),
            ForwardAsync(process.StandardError, id, "error", report));
        await process.WaitForExitAsync();

        // What the program left behind in its group goes with it.
        if (Posix.Signal(-process.Id, Posix.SigTerm)) _ = EndGroupAsync(process.Id);

        // The last lines come before the news of the exit; a grandchild that holds the pipe open must not hold the news back.
        await Task.WhenAny(lines, Task.Delay(TimeSpan.FromMilliseconds(200)));
        report(new Report("exited", id, process.ExitCode));
    }

    private static async Task ForwardAsync(StreamReader reader, string id, string kind, Action<Report> report)
    {
        while (await reader.ReadLineAsync() is { } line) report(new Report(kind, id, Text: line));
    }

    private static async Task EndGroupAsync(int group)
    {
        await Task.Delay(Grace);
        Posix.Signal(-group, Posix.SigKill);
    }
}
