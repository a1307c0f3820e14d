using System.Text.Json;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>Something that the model may call. Failing is an answer too: the model hears of it, and the call goes on.</summary>
internal interface ITool
{
    ToolDefinition Definition { get; }

    /// <param name="id">Of this one call, by the model.</param>
    /// <param name="arguments">A JSON object; whether it keeps to the schema is the tool's to see.</param>
    /// <param name="cancellationToken">The caller interrupts, or the call ends.</param>
    Task<ToolResult> RunAsync(string id, JsonElement arguments, CancellationToken cancellationToken);
}
