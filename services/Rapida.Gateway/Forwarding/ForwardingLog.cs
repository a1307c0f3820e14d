using Yarp.ReverseProxy.Forwarder;

namespace Rapida.Gateway.Forwarding;

internal static partial class ForwardingLog
{
    // The exception's kind and not its text, which may hold an address.
    [LoggerMessage(5001, LogLevel.Warning, "A request could not be passed on to {Service}: {Error} ({Kind})")]
    public static partial void ServiceDidNotAnswer(this ILogger logger, string service, ForwarderError error, string? kind);
}
