using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Aspire.Hosting.Orchestration;

// Starts processes for an AppHost and outlives it just long enough to end them: when the pipe from the AppHost closes, for
// whatever reason (kill -9 included), every child and all that they started are told to go, and after three seconds made to.
Posix.AdoptOrphans();

var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Finish);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Finish);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Finish);

// Unbounded: a child's output is never dropped, and the AppHost reads as fast as a terminal scrolls.
var reports = Channel.CreateUnbounded<Report>(new UnboundedChannelOptions { SingleReader = true });
var writer = WriteReportsAsync();

var children = new Dictionary<string, Child>();
await Task.WhenAny(ObeyAsync(), finish.Task);
await EndChildrenAsync();
EndStragglers();
reports.Writer.Complete();
await writer;
return 0;

void Finish(PosixSignalContext context)
{
    context.Cancel = true;
    finish.TrySetResult();
}

async Task ObeyAsync()
{
    using var input = new StreamReader(Console.OpenStandardInput());
    while (await input.ReadLineAsync() is { } line)
    {
        var command = JsonSerializer.Deserialize(line, Wire.Default.Command)!;
        lock (children)
        {
            if (finish.Task.IsCompleted) return;
            if (command.Verb == "start") Start(command);
            else if (children.TryGetValue(command.Id, out var child)) child.Signal(command.Signal);
        }
    }
}

void Start(Command command)
{
    try
    {
        children[command.Id] = Child.Start(command, Report);
    }
    catch (Exception exception)
    {
        Report(new Report("failed", command.Id, Text: exception.Message));
    }
}

void Report(Report report) => reports.Writer.TryWrite(report);

async Task WriteReportsAsync()
{
    await using var output = Console.OpenStandardOutput();
    try
    {
        await foreach (var report in reports.Reader.ReadAllAsync())
        {
            await JsonSerializer.SerializeAsync(output, report, Wire.Default.Report);
            output.WriteByte((byte)'\n');
            await output.FlushAsync();
        }
    }
    catch (IOException)
    {
        finish.TrySetResult();   // nobody reads any more
    }
}

async Task EndChildrenAsync()
{
    Child[] remaining;
    lock (children)
    {
        finish.TrySetResult();
        remaining = [.. children.Values.Where(child => !child.Ended.IsCompleted).Reverse()];
    }

    foreach (var child in remaining) child.Signal(Posix.SigTerm);
    await Task.WhenAny(Task.WhenAll(remaining.Select(child => child.Ended)), Task.Delay(TimeSpan.FromSeconds(3)));
}

// Those that ignored the request, and those that left their group: they are still our descendants. Each pass may orphan new ones.
static void EndStragglers()
{
    for (var pass = 0; pass < 10 && Posix.Descendants() is { Count: > 0 } stragglers; pass++)
    {
        foreach (var pid in stragglers) Posix.Signal(pid, Posix.SigKill);
    }
}
