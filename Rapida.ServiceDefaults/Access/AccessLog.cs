using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Access;

internal static partial class AccessLog
{
    [LoggerMessage(9020, LogLevel.Warning, "Refused {Method}: no token of a known service")]
    public static partial void CallerUnknown(this ILogger logger, string method);

    [LoggerMessage(9021, LogLevel.Warning, "Refused {Method} to {Service}, which may not call it")]
    public static partial void CallerNotAllowed(this ILogger logger, string service, string method);
}
