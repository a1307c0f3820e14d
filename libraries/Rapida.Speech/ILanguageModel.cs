namespace Rapida.Speech;

/// <summary>What decides what the assistant says. Without state of its own: everything is in the request.</summary>
public interface ILanguageModel
{
    /// <summary>The provider's name in an assistant's settings, for example "scripted".</summary>
    string Provider { get; }

    /// <summary>Answers the last message of the conversation, token by token.</summary>
    /// <exception cref="SpeechProviderException">The provider refused or failed.</exception>
    IAsyncEnumerable<LanguageModelToken> RespondAsync(LanguageModelRequest request, CancellationToken cancellationToken);
}

/// <summary>One question to a language model.</summary>
/// <param name="Model">The provider's name of the model.</param>
/// <param name="Prompt">The assistant's instructions. <c>{{name}}</c> stands for a variable.</param>
/// <param name="Messages">The conversation, oldest first; assistant messages hold what was heard, not what was planned.</param>
public sealed record LanguageModelRequest(string Model, string Prompt, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>Values for the prompt, from the deployment and from the call's own arguments.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What the model may call.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public SpeechSettings Settings { get; init; } = SpeechSettings.Default;
}

/// <summary>One message of a conversation.</summary>
public sealed record ChatMessage(ChatRole Role, string Text)
{
    public static ChatMessage FromCaller(string text) => new(ChatRole.Caller, text);

    public static ChatMessage FromAssistant(string text) => new(ChatRole.Assistant, text);

    /// <summary>Keys that the caller pressed, for example <c>5551234#</c>.</summary>
    public static ChatMessage FromKeypad(string keys) => new(ChatRole.Caller, Keypad.Prefix + keys);

    /// <summary>What a tool gave.</summary>
    public static ChatMessage FromTool(LanguageModelToken.ToolCall call, string result) => new(ChatRole.Tool, result) { Call = call };

    /// <summary>Of a tool's result: the model's call that it answers. Null: nobody called, it is something for the model to know.</summary>
    public LanguageModelToken.ToolCall? Call { get; init; }
}

public enum ChatRole
{
    Caller,
    Assistant,

    /// <summary>The result of a tool, or something that the model should know.</summary>
    Tool,
}

/// <summary>Something that the model may call.</summary>
/// <param name="Name">For example "end_call".</param>
/// <param name="Description">When to call it, in English, for the model.</param>
/// <param name="ParametersSchema">JSON Schema of the arguments.</param>
public sealed record ToolDefinition(string Name, string Description, string ParametersSchema = """{"type":"object","properties":{}}""")
{
    /// <summary>Says goodbye and hangs up when the goodbye has been heard.</summary>
    public static ToolDefinition EndCall { get; } = new("end_call", "Ends the call after the goodbye has been spoken.");
}

/// <summary>What comes out of a language model, in order.</summary>
public abstract record LanguageModelToken
{
    private LanguageModelToken()
    {
    }

    /// <summary>A piece of what to say: joined, the pieces are the answer.</summary>
    public sealed record Text(string Value) : LanguageModelToken;

    /// <summary>A tool to call. It comes after the text that is to be spoken before it.</summary>
    public sealed record ToolCall(string Id, string Name, string ArgumentsJson) : LanguageModelToken;

    /// <summary>What the conversation has settled so far, by slot: for example day, time, digits.</summary>
    public sealed record Collected(IReadOnlyDictionary<string, string> Slots) : LanguageModelToken;

    /// <summary>What the caller will probably say next.</summary>
    /// <param name="Hint">In words.</param>
    /// <param name="Keys">On the keypad: how many keys make it complete. Null: <c>#</c>, or a pause.</param>
    public sealed record Expecting(RecognitionHint Hint, int? Keys = null) : LanguageModelToken;
}
