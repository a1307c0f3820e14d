using Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Journal;

/// <summary>Takes journal entries and never makes a call wait.</summary>
internal interface IJournalSink
{
    /// <summary>False: so much is not stored yet that further audio is better lost than the relay.</summary>
    bool HasRoomForAudio { get; }

    void Append(JournalEntry entry);
}
