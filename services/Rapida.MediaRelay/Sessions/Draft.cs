using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>An answer that was thought of before it was certain that the caller had finished.</summary>
/// <param name="Turn">What would be said.</param>
/// <param name="Words">What the caller seemed to have said. If it was something else, the answer is none.</param>
internal sealed record Draft(AssistantTurn Turn, string Words)
{
    /// <summary>What the model has given besides words: nothing of it is done before the answer is said.</summary>
    public List<LanguageModelToken> Tokens { get; } = [];

    /// <summary>The tools that it wants called; null: none, or it is still thinking.</summary>
    public SessionEvent.ToolsCalled? ToolsCalled { get; set; }
}
