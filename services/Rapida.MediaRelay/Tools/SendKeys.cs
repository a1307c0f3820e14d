using System.Buffers;
using System.Text.Json;
using Rapida.MediaRelay.Sessions;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>Presses keys that the other end of the line hears, for example for a menu. The conversation goes on after them.</summary>
internal sealed class SendKeys : ITool
{
    private const int Most = 32;

    // w and W: half a second and a second of silence.
    private static readonly SearchValues<char> Keys = SearchValues.Create("0123456789*#wW");

    public ToolDefinition Definition { get; } = new(
        "send_keys",
        "Presses keys of the telephone, which the other end hears as tones. w waits half a second.",
        """{"type":"object","properties":{"keys":{"type":"string","pattern":"^[0-9*#wW]{1,32}$"}},"required":["keys"]}""");

    public Task<ToolResult> RunAsync(string id, JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        arguments.TextOf("keys") is { Length: > 0 and <= Most } keys && !keys.AsSpan().ContainsAnyExcept(Keys)
            ? ToolResult.Leaves(new Departure(EndReason.Digits, keys))
            : ToolResult.Failed($"\"keys\" must be 1 to {Most} of 0-9, *, #, w and W."));
}
