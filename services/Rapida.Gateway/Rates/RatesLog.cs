namespace Rapida.Gateway.Rates;

internal static partial class RatesLog
{
    [LoggerMessage(5101, LogLevel.Warning, "Redis does not answer in time ({Kind}): each gateway counts requests for itself")]
    public static partial void RedisDoesNotAnswer(this ILogger logger, string kind);

    [LoggerMessage(5102, LogLevel.Information, "Redis answers again: the gateways count requests together")]
    public static partial void RedisAnswersAgain(this ILogger logger);
}
