using Microsoft.Extensions.Logging;

namespace Rapida.ServiceDefaults.Problems;

internal static partial class ProblemsLog
{
    [LoggerMessage(9001, LogLevel.Error, "{Method} failed")]
    public static partial void GrpcCallFailed(this ILogger logger, Exception exception, string method);

    [LoggerMessage(9002, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string route);
}
