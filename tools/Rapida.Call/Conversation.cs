using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace Rapida.Call;

/// <summary>The dialogue as Recording keeps it: read over the public API while the call runs and after it.</summary>
internal sealed class Conversation(RunningSystem system, string callSid)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RecordedWithin = TimeSpan.FromSeconds(20);
    private string? _id;
    private int _printed;

    internal sealed record Turn(int Attempt, int Index, string Speaker, string Text, long StartMs, long EndMs, bool Interrupted, int GapMs);

    internal sealed record View(
        string Id, string Status, string? EndedBy, string? RecordingId, string? TraceId, IReadOnlyList<Turn>? Turns,
        IReadOnlyDictionary<string, string>? Collected);

    /// <param name="View">Null when the system never heard of the call.</param>
    /// <param name="RecordingWav">Null when there is no recording.</param>
    internal sealed record Finished(View? View, string? RecordingWav);

    /// <summary>Prints every turn as it is stored, until the call is over.</summary>
    public async Task FollowAsync(Task callEnded, CancellationToken cancellationToken)
    {
        while (!callEnded.IsCompleted)
        {
            if (await ReadAsync(cancellationToken) is { } view)
                Print(view);
            await Task.WhenAny(callEnded, Task.Delay(Poll, cancellationToken));
        }
    }

    /// <summary>Waits for the recording and fetches it.</summary>
    public async Task<Finished> FinishAsync(string dataFolder, CancellationToken cancellationToken)
    {
        View? view = null;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < RecordedWithin; await Task.Delay(Poll, cancellationToken))
        {
            view = await ReadAsync(cancellationToken);
            if (view is not null)
                Print(view);
            if (view?.RecordingId is not { } recordingId)
                continue;

            var path = Path.Combine(dataFolder, "calls", $"{callSid}.wav");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(
                path, await system.Api.GetByteArrayAsync($"/v1/recordings/{recordingId}/audio", cancellationToken), cancellationToken);
            return new(view, path);
        }

        return new(view, RecordingWav: null);
    }

    private async Task<View?> ReadAsync(CancellationToken cancellationToken)
    {
        _id ??= await FindAsync(cancellationToken);
        if (_id is null)
            return null;
        using var response = await system.Api.GetAsync($"/v1/conversations/{_id}", cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<View>(EmulatedCall.Json, cancellationToken);
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var calls = await system.CallsAsync(cancellationToken);
        return calls.FirstOrDefault(call => call.ProviderCallId == callSid)?.Conversation.Id;
    }

    private void Print(View view)
    {
        foreach (var turn in (view.Turns ?? []).Skip(_printed))
            Console.WriteLine($"{turn.Speaker,10}: {turn.Text}{(turn.Interrupted ? " —" : "")}");
        _printed = Math.Max(_printed, view.Turns?.Count ?? 0);
    }
}
