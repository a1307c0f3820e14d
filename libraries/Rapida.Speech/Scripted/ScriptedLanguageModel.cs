using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapida.Speech.Scripted.Understanding;

namespace Rapida.Speech.Scripted;

/// <summary>
/// A dialogue without a language model: it asks for a day, a time and a telephone number, reads them back, and calls <c>end_call</c>. The same messages
/// always give the same answer. The prompt is a script (JSON), or the model's name is that of a built-in one: "appointment".
/// </summary>
public sealed partial class ScriptedLanguageModel : ILanguageModel
{
    public string Provider => "scripted";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LanguageModelToken> RespondAsync(
        LanguageModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var script = request.Prompt.AsSpan().TrimStart().StartsWith("{") ? DialogueScript.Parse(request.Prompt) : DialogueScript.BuiltIn(request.Model);
        var heard = request.Messages.Where(message => message.Role is ChatRole.Caller && KeyOf(message, script, request) is null).ToArray();
        var dialogue = heard.Aggregate(new Dialogue(script), (state, message) => state.Hear(message.Text));

        yield return new LanguageModelToken.Collected(dialogue.Slots);
        yield return new LanguageModelToken.Expecting(dialogue.Expecting, dialogue.ExpectedKeys);
        var key = request.Messages.Count > 0 ? KeyOf(request.Messages[^1], script, request) : null;
        foreach (var word in Words().Matches(key?.Say ?? Reply(dialogue, request)).Select(match => match.Value))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new LanguageModelToken.Text(word);
        }

        if (key is not null)
            yield return new LanguageModelToken.ToolCall($"call_{request.Messages.Count}", key.Tool, key.Arguments.GetRawText());
        else if (Outcome(dialogue.Stage) is { } outcome)
            yield return new LanguageModelToken.ToolCall(
                $"call_{heard.Length}", ToolDefinition.EndCall.Name, JsonSerializer.Serialize(new Dictionary<string, string> { ["outcome"] = outcome }));

        await Task.CompletedTask;
    }

    private static KeyScript? KeyOf(ChatMessage message, DialogueScript script, LanguageModelRequest request) =>
        message.Role is ChatRole.Caller && Keypad.TryRead(message.Text, out var keys)
        && script.Keys.TryGetValue(keys.TrimEnd('#'), out var key) && request.Tools.Any(tool => tool.Name == key.Tool)
            ? key
            : null;

    private static string Reply(Dialogue dialogue, LanguageModelRequest request)
    {
        var line = Line(dialogue);
        if (request.Messages.Count == 0 && dialogue.Script.Opening.Length > 0)
            line = $"{dialogue.Script.Opening} {line}";
        else if (request.Messages is [.., { Role: ChatRole.Tool, Call: null }])
            line = $"{dialogue.Script.Back} {line}";
        return Placeholder().Replace(line, match => Value(match.Groups[1].Value, dialogue, request.Variables));
    }

    private static string Line(Dialogue dialogue) => (dialogue.Stage, dialogue.Misses) switch
    {
        (DialogueStage.Asking, _) when dialogue.Partial.Length > 0 => dialogue.Asked!.More,
        (DialogueStage.Asking, 0) => dialogue.Asked!.Ask,
        (DialogueStage.Asking, 1) => dialogue.Asked!.Retry,
        (DialogueStage.Asking, _) => dialogue.Asked!.Keypad,
        (DialogueStage.Confirming, 0) => dialogue.Script.Confirm,
        (DialogueStage.Confirming, _) => dialogue.Script.ConfirmRetry,
        (DialogueStage.Changing, _) => dialogue.Script.Change,
        (DialogueStage.Booked, _) => dialogue.Script.Goodbye,
        (DialogueStage.Left, _) => dialogue.Script.Farewell,
        _ => dialogue.Script.GiveUp,
    };

    private static string? Outcome(DialogueStage stage) => stage switch
    {
        DialogueStage.Booked => "booked",
        DialogueStage.Left => "left",
        DialogueStage.GaveUp => "not_understood",
        _ => null,
    };

    private static string Value(string name, Dialogue dialogue, IReadOnlyDictionary<string, string> variables)
    {
        if (name == "partial")
            return Digits.Spoken(dialogue.Partial);
        if (dialogue.Slots.TryGetValue(name, out var value))
            return dialogue.Script.Slots.First(slot => slot.Name == name).Kind switch
            {
                SlotKind.Day => Days.Spoken(value),
                SlotKind.Time => Times.Spoken(value),
                _ => Digits.Spoken(value),
            };
        return variables.GetValueOrDefault(name, "");
    }

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Placeholder();

    // A word with the space after it, as a language model's tokens come.
    [GeneratedRegex(@"\S+\s*")]
    private static partial Regex Words();
}
