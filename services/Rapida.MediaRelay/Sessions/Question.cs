namespace Rapida.MediaRelay.Sessions;

/// <summary>What an answer answers.</summary>
/// <param name="VoiceUntil">Where the caller's voice ended, in samples of the stream.</param>
/// <param name="VoiceAt">When: a timestamp, as all that follow.</param>
/// <param name="DecidedAt">When it was decided that the caller had finished.</param>
/// <param name="UnderstoodAt">When the words were there.</param>
internal readonly record struct Question(long VoiceUntil, long VoiceAt, long DecidedAt, long UnderstoodAt);
