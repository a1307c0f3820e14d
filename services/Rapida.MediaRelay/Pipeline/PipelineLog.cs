namespace Rapida.MediaRelay.Pipeline;

internal static partial class PipelineLog
{
    [LoggerMessage(3020, LogLevel.Warning, "{Missing}")]
    public static partial void EngineIsMissing(this ILogger logger, string missing);
}
