namespace Rapida.Recording.Journal;

internal static partial class JournalLog
{
    [LoggerMessage(4001, LogLevel.Warning, "An entry of conversation {ConversationId} was refused: {Field} cannot be right")]
    public static partial void EntryRefused(this ILogger logger, string conversationId, string field);

    [LoggerMessage(4002, LogLevel.Debug, "A journal stream broke off ({Reason}); what it brought is stored")]
    public static partial void StreamBroke(this ILogger logger, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "Entries could not be stored ({Reason}): their stream was ended, and the relay sends them again")]
    public static partial void EntriesNotStored(this ILogger logger, string reason);
}
