namespace Rapida.MediaRelay.Pipeline;

internal static partial class PipelineLog
{
    [LoggerMessage(3020, LogLevel.Warning, "{Missing}")]
    public static partial void EngineIsMissing(this ILogger logger, string missing);

    [LoggerMessage(3021, LogLevel.Information, "The local engines were not warmed up ({Reason}): the first call does it")]
    public static partial void StaysCold(this ILogger logger, string reason);

    [LoggerMessage(3022, LogLevel.Warning, "Energy tells voice from silence, for Silero cannot be loaded: {Problem}")]
    public static partial void SileroIsNotUsed(this ILogger logger, string problem);
}
