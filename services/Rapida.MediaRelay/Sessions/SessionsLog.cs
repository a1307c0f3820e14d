using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

internal static partial class SessionsLog
{
    [LoggerMessage(3010, LogLevel.Information, "Call {CallId}: stream {Attempt} began")]
    public static partial void SessionBegan(this ILogger logger, string callId, int attempt);

    [LoggerMessage(3011, LogLevel.Information, "Call {CallId}: stream {Attempt} is over after {Seconds:0.0} s: {Reason}")]
    public static partial void SessionEnded(this ILogger logger, string callId, int attempt, double seconds, EndReason reason);

    [LoggerMessage(3012, LogLevel.Warning, "A speech provider failed")]
    public static partial void ProviderFailed(this ILogger logger, SpeechProviderException failure);

    [LoggerMessage(3013, LogLevel.Warning, "Call {CallId}: CallControl was not told why stream {Attempt} ends")]
    public static partial void LeaveFailed(this ILogger logger, Exception exception, string callId, int attempt);

    [LoggerMessage(3014, LogLevel.Error, "Call {CallId}: stream {Attempt} failed")]
    public static partial void SessionFailed(this ILogger logger, Exception exception, string callId, int attempt);

    [LoggerMessage(3015, LogLevel.Warning, "Call {CallId}: the session did not keep up and lost {Frames} frames")]
    public static partial void FramesLost(this ILogger logger, string callId, int frames);
}
