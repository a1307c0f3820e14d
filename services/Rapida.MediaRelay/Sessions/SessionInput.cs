using Rapida.MediaRelay.Playout;
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

    /// <summary>What came from the model besides words.</summary>
    internal sealed record TokenCame(AssistantTurn Turn, LanguageModelToken Token) : SessionEvent;

    /// <summary>A model, a voice or a recogniser failed.</summary>
    internal sealed record ProviderFailed(AssistantTurn? Turn, SpeechProviderException Failure) : SessionEvent;

    /// <summary>Nothing more will come.</summary>
    internal sealed record StreamEnded(EndReason Reason) : SessionEvent;
}
