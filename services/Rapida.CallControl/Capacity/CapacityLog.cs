namespace Rapida.CallControl.Capacity;

internal static partial class CapacityLog
{
    [LoggerMessage(2401, LogLevel.Warning, "Redis does not answer in time ({Kind}): calls are let in without being counted")]
    public static partial void RedisDoesNotAnswer(this ILogger logger, string kind);

    [LoggerMessage(2402, LogLevel.Information, "Redis answers again: calls are counted")]
    public static partial void RedisAnswersAgain(this ILogger logger);

    [LoggerMessage(2403, LogLevel.Warning, "The places of open calls were not kept: {Reason}")]
    public static partial void PlacesNotKept(this ILogger logger, string reason);

    [LoggerMessage(2404, LogLevel.Warning, "The place of a call that has ended is free only when its lease has run out: {Reason}")]
    public static partial void PlaceNotFreed(this ILogger logger, string reason);
}
