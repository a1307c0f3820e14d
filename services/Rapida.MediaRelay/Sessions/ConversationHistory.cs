using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What has been said, as the caller knows it: of the assistant's words only those that were heard.</summary>
internal sealed class ConversationHistory
{
    private readonly List<ChatMessage> _messages = [];

    /// <summary>Oldest first; does not change any more.</summary>
    public IReadOnlyList<ChatMessage> Snapshot() => [.. _messages];

    /// <summary>The caller said or keyed something in, or a tool gave something.</summary>
    public void Add(ChatMessage message) => _messages.Add(message);

    /// <summary>The caller heard these words of the assistant.</summary>
    public void AddHeard(string words)
    {
        if (words.Length > 0)
            _messages.Add(ChatMessage.FromAssistant(words));
    }
}
