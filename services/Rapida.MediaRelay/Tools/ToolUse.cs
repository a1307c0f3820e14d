using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>What the model and its tools have said to each other within one answer. Used by the session's loop only.</summary>
internal sealed class ToolUse
{
    // A model that goes on calling keeps the caller waiting.
    private const int MostRounds = 4;

    private readonly List<ChatMessage> _exchange = [];
    private int _rounds;

    /// <summary>False: the model has called often enough, and has to say something now.</summary>
    public bool IsAllowed => _rounds < MostRounds;

    /// <summary>Calls without a result yet.</summary>
    public IReadOnlyList<LanguageModelToken.ToolCall> Running { get; private set; } = [];

    /// <summary>What the next round begins with, after the conversation so far.</summary>
    public IEnumerable<ChatMessage> Exchange => _exchange;

    /// <summary>What is true of it also when the answer was not heard out.</summary>
    public IEnumerable<ChatMessage> Results => _exchange.Where(message => message.Role is ChatRole.Tool);

    /// <param name="said">What the model says before it.</param>
    /// <param name="calls">At least one.</param>
    public void Begin(string said, IReadOnlyList<LanguageModelToken.ToolCall> calls)
    {
        _rounds++;
        Running = calls;
        if (said.Length > 0)
            _exchange.Add(ChatMessage.FromAssistant(said));
    }

    /// <param name="results">For the model, one for each call that is running.</param>
    public void End(IEnumerable<string> results)
    {
        _exchange.AddRange(Running.Zip(results, ChatMessage.FromTool));
        Running = [];
    }
}
