using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rapida.Call;

/// <param name="Call">A call's id, its carrier's, its conversation's, or <c>last</c>.</param>
/// <param name="Changes">Settings of the relay that are to be otherwise, as NAME=VALUE.</param>
internal sealed record ReplayOptions(string Call, string[] Changes);

/// <summary>Fetches a call's journal over the public API and has the relay of this checkout decide on it again.</summary>
internal sealed class Replay(RunningSystem system, CallOptions options)
{
    /// <returns>0: it came out the same, or settings were changed; 1: it cannot be replayed; 2: it came out differently.</returns>
    public async Task<int> RunAsync(ReplayOptions replay, CancellationToken cancellationToken)
    {
        var conversation = await FindAsync(replay.Call, cancellationToken);
        var path = Path.Combine(options.DataFolder, "replays", $"{conversation}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, await FetchAsync(conversation, cancellationToken), cancellationToken);

        var relay = Path.Combine(options.Checkout, "artifacts/bin/Rapida.MediaRelay/debug/Rapida.MediaRelay.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [relay, "replay", path, .. replay.Changes]))!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    private async Task<string> FindAsync(string id, CancellationToken cancellationToken)
    {
        var calls = await system.CallsAsync(cancellationToken);
        if (id == "last")
            return calls is [var newest, ..] ? newest.Conversation.Id : throw new CallFailedException("There has been no call yet: make call places one.");
        return calls.FirstOrDefault(call => call.Id == id || call.ProviderCallId == id)?.Conversation.Id ?? id;
    }

    private async Task<byte[]> FetchAsync(string conversation, CancellationToken cancellationToken)
    {
        using var found = await system.Api.GetAsync($"/v1/conversations/{Uri.EscapeDataString(conversation)}", cancellationToken);
        if (found.StatusCode is HttpStatusCode.NotFound)
            throw new CallFailedException($"There is no call {conversation}. Give its id, its carrier's id (CA…) or its conversation's id, or nothing for the last one.");
        found.EnsureSuccessStatusCode();
        var turns = (await found.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("turns");
        var journal = await system.Api.GetFromJsonAsync<JsonElement>($"/v1/conversations/{conversation}/journal", cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(new { journal, turns });
    }
}
