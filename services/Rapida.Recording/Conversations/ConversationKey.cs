namespace Rapida.Recording.Conversations;

/// <summary>A conversation of a project. The id alone finds nothing.</summary>
internal readonly record struct ConversationKey(Guid ProjectId, Guid Id);
