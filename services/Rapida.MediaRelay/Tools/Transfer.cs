using System.Text.Json;
using Rapida.MediaRelay.Sessions;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>Connects the caller with somebody whom the deployment names. The model knows names, and never a number.</summary>
/// <param name="targets">E.164 numbers by name; at least one.</param>
internal sealed class Transfer(IReadOnlyDictionary<string, string> targets) : ITool
{
    private readonly Dictionary<string, string> _targets = new(targets, StringComparer.OrdinalIgnoreCase);

    public ToolDefinition Definition { get; } = new(
        "transfer_call",
        "Transfers the caller to somebody else after what was said has been heard. Nobody may answer there: then the conversation goes on here.",
        JsonSerializer.Serialize(new
        {
            type = "object",
            properties = new { to = new { type = "string", @enum = targets.Keys } },
            required = new[] { "to" },
        }));

    public Task<ToolResult> RunAsync(string id, JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        arguments.TextOf("to") is { } name && _targets.TryGetValue(name, out var number)
            ? ToolResult.Leaves(new Departure(EndReason.Transfer, number))
            : ToolResult.Failed($"\"to\" must be one of: {string.Join(", ", targets.Keys)}."));
}
