using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What an input is, and what of it counts.</summary>
internal enum InputKind : byte
{
    /// <summary><see cref="SessionInput.Event"/>.</summary>
    Event,

    /// <summary>20 ms of the caller's: the audio of <see cref="SessionInput.Frame"/>.</summary>
    Heard,

    /// <summary>The caller's side has played what was before <see cref="SessionInput.Mark"/>.</summary>
    Returned,

    /// <summary><see cref="SessionInput.Frame"/> goes out.</summary>
    Sent,

    /// <summary><see cref="SessionInput.Mark"/> goes out; the turn of <see cref="SessionInput.Frame"/>, if there is one, ends with it.</summary>
    Marked,

    /// <summary>What was sent is void; <see cref="SessionInput.Mark"/> will tell since when.</summary>
    Cleared,
}

/// <summary>One input of a session. A value, because frames and marks come all the time.</summary>
internal struct SessionInput
{
    public InputKind Kind;
    public SessionEvent? Event;
    public Mark Mark;
    public SpeechFrame Frame;
}

/// <summary>Whatever happens to a session apart from audio and its marks.</summary>
internal abstract record SessionEvent
{
    internal sealed record KeyPressed(char Key) : SessionEvent;

    /// <summary>What the caller said in one utterance; empty when it was no words.</summary>
    internal sealed record WordsHeard(Utterance Utterance, string Words) : SessionEvent;

    /// <summary>The assistant is to say this next in its turn.</summary>
    internal sealed record SentenceBegan(Sentence Sentence) : SessionEvent;

    /// <summary>So much more of it is there to be played.</summary>
    internal sealed record SentenceGrew(Sentence Sentence, int Samples) : SessionEvent;

    /// <summary>All of it is there.</summary>
    internal sealed record SentenceEnded(Sentence Sentence) : SessionEvent;

    /// <summary>No more sentences will come.</summary>
    internal sealed record TurnPlanned(AssistantTurn Turn) : SessionEvent;

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
