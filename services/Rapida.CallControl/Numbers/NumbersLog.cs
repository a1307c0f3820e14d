namespace Rapida.CallControl.Numbers;

internal static partial class NumbersLog
{
    [LoggerMessage(2601, LogLevel.Information, "A number was pointed at assistant {AssistantId}")]
    public static partial void NumberSetUp(this ILogger logger, string assistantId);
}
