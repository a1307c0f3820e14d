using System.Text.Json;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>What the model may call in this call, by name: what the deployment allows, and nothing else.</summary>
internal sealed class ToolBox
{
    private readonly Dictionary<string, ITool> _tools;

    private ToolBox(IEnumerable<ITool> tools)
    {
        _tools = tools.ToDictionary(tool => tool.Definition.Name, StringComparer.Ordinal);
        Definitions = [.. _tools.Values.Select(tool => tool.Definition)];
    }

    public IReadOnlyList<ToolDefinition> Definitions { get; }

    /// <param name="settings">What the deployment allows.</param>
    /// <param name="callId">Whose tools they are.</param>
    /// <param name="client">Reaches the tenant's servers.</param>
    /// <param name="headers">What they ask for; null: nobody is asked, because it is a replay.</param>
    /// <param name="clock">For timeouts.</param>
    public static ToolBox For(CallSettings settings, string callId, HttpClient client, LeasedHeaders? headers, TimeProvider clock)
    {
        var tools = new List<ITool> { new EndCall() };
        if (settings.TransferTargets.Count > 0)
            tools.Add(new Transfer(settings.TransferTargets));
        if (settings.SendKeys)
            tools.Add(new SendKeys());
        tools.AddRange(settings.Tools.Select(tool => new HttpTool(tool, callId, client, headers, clock)));
        return new ToolBox(tools);
    }

    public Task<ToolResult> RunAsync(LanguageModelToken.ToolCall call, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(call.Name, out var tool))
            return Task.FromResult(ToolResult.Failed($"There is no tool of this name. There are: {string.Join(", ", _tools.Keys)}."));
        return Arguments(call.ArgumentsJson) is { } arguments
            ? tool.RunAsync(call.Id, arguments, cancellationToken)
            : Task.FromResult(ToolResult.Failed("The arguments are not a JSON object."));
    }

    // Models give nothing at all to a tool that takes nothing.
    private static JsonElement? Arguments(string json)
    {
        try
        {
            var arguments = JsonElement.Parse(json.Length == 0 ? "{}" : json);
            return arguments.ValueKind is JsonValueKind.Object ? arguments : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal static class ToolArguments
{
    /// <summary>The argument when it is there and a text; else null.</summary>
    public static string? TextOf(this JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
