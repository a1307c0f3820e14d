using System.Text.Json;
using Rapida.MediaRelay.Sessions;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>Hangs up when the goodbye has been heard.</summary>
internal sealed class EndCall : ITool
{
    public ToolDefinition Definition => ToolDefinition.EndCall;

    public Task<ToolResult> RunAsync(string id, JsonElement arguments, CancellationToken cancellationToken) =>
        Task.FromResult(ToolResult.Leaves(EndReason.Assistant));
}
