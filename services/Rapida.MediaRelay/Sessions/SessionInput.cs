using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>One input of a session: a frame of the caller's, a mark that came back, or something rarer. A value, because those two come all the time.</summary>
internal struct SessionInput
{
    /// <summary>Null: <see cref="Mark"/> or <see cref="Frame"/> counts.</summary>
    public SessionEvent? Event;

    /// <summary>The caller's side has played what was sent so far. Number 0: it is none, and <see cref="Frame"/> counts.</summary>
    public Mark Mark;

    public MulawFrame Frame;
}

/// <summary>Whatever happens to a session apart from audio and its marks.</summary>
internal abstract record SessionEvent
{
    internal sealed record KeyPressed(char Key) : SessionEvent;

    /// <summary>What the caller said in one utterance; empty when it was no words.</summary>
    internal sealed record WordsHeard(Utterance Utterance, string Words) : SessionEvent;

    /// <summary>What came from the model besides words and calls.</summary>
    internal sealed record TokenCame(AssistantTurn Turn, LanguageModelToken Token) : SessionEvent;

    /// <summary>The model has finished, and wants tools called.</summary>
    /// <param name="Turn">What it is saying.</param>
    /// <param name="Said">What it has said before.</param>
    /// <param name="Calls">At least one.</param>
    internal sealed record ToolsCalled(AssistantTurn Turn, string Said, IReadOnlyList<LanguageModelToken.ToolCall> Calls) : SessionEvent;

    /// <summary>Tools have done what they were called for, or failed: one result for each call.</summary>
    internal sealed record ToolsAnswered(AssistantTurn Turn, IReadOnlyList<ToolResult> Results) : SessionEvent;

    /// <summary>A model, a voice or a recogniser failed.</summary>
    internal sealed record ProviderFailed(AssistantTurn? Turn, SpeechProviderException Failure) : SessionEvent;

    /// <summary>Nothing more will come.</summary>
    internal sealed record StreamEnded(EndReason Reason) : SessionEvent;
}
