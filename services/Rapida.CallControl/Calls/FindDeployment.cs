using Grpc.Core;
using Rapida.Deployments.V1;

namespace Rapida.CallControl.Calls;

/// <summary>An assistant and its phone deployment, as they are live now.</summary>
internal sealed class FindDeployment(Deployments.V1.Deployments.DeploymentsClient deployments)
{
    /// <summary>Null: the project has no such assistant.</summary>
    public async Task<ResolvePhoneCallResponse?> ExecuteAsync(Guid projectId, string assistantId, CancellationToken cancellationToken)
    {
        try
        {
            return await deployments.ResolvePhoneCallAsync(
                new() { ProjectId = projectId.ToString(), AssistantId = assistantId }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
