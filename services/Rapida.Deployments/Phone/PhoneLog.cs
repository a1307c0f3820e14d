using Rapida.Deployments.Assistants;

namespace Rapida.Deployments.Phone;

internal static partial class PhoneLog
{
    [LoggerMessage(1601, LogLevel.Information, "Assistant {AssistantId} answers the telephone as of revision {Revision}")]
    public static partial void PhoneDeploymentSaved(this ILogger logger, AssistantId assistantId, int revision);
}
