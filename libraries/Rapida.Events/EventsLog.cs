using Microsoft.Extensions.Logging;

namespace Rapida.Events;

internal static partial class EventsLog
{
    [LoggerMessage(9101, LogLevel.Warning, "Events wait in the outbox: {Reason}")]
    public static partial void OutboxWaits(this ILogger logger, string reason);

    [LoggerMessage(9102, LogLevel.Warning, "A message of {Queue} failed ({Reason}) and comes again in {Delay}")]
    public static partial void ComesAgain(this ILogger logger, string queue, string reason, TimeSpan delay);

    [LoggerMessage(9103, LogLevel.Error, "A message of {Queue} failed for the last time and lies in its error queue")]
    public static partial void GivenUp(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(9104, LogLevel.Warning, "The inbox was not swept: {Reason}")]
    public static partial void InboxNotSwept(this ILogger logger, string reason);
}
