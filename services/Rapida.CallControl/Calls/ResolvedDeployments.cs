using System.Collections.Concurrent;
using Grpc.Core;
using MassTransit;
using Rapida.Contracts.Events;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Resilience;

namespace Rapida.CallControl.Calls;

/// <summary>
/// What an assistant is, as Deployments has said within the last two seconds; forgotten as soon as it tells of a save. A busy line is asked about once
/// and not at each call. What there is not, or is not complete, is not remembered.
/// </summary>
internal sealed class ResolvedDeployments(Deployments.V1.Deployments.DeploymentsClient deployments, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(2);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid ProjectId, string AssistantId, int Version), (ResolvePhoneCallResponse Answer, DateTimeOffset Until)> _known = new();
    private readonly SingleFlight<(Guid ProjectId, string AssistantId, int Version, int Saves), ResolvePhoneCallResponse> _questions = new();
    private int _saves;

    /// <param name="projectId">The tenant.</param>
    /// <param name="assistantId">Its assistant.</param>
    /// <param name="version">0: the live one.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    /// <exception cref="RpcException">There is none (NotFound), or Deployments does not answer. The answer is shared: nobody may change it.</exception>
    public async Task<ResolvePhoneCallResponse> GetAsync(Guid projectId, string assistantId, int version, CancellationToken cancellationToken)
    {
        var key = (projectId, assistantId, version);
        if (_known.TryGetValue(key, out var known) && clock.GetUtcNow() < known.Until)
            return known.Answer;

        var saves = Volatile.Read(ref _saves);
        return await _questions.AskAsync((projectId, assistantId, version, saves), () => AskAsync(key, saves), cancellationToken);
    }

    private async Task<ResolvePhoneCallResponse> AskAsync((Guid ProjectId, string AssistantId, int Version) key, int saves)
    {
        var answer = await deployments.ResolvePhoneCallAsync(
            new() { ProjectId = key.ProjectId.ToString(), AssistantId = key.AssistantId, Version = key.Version });
        if (_known.Count >= MostRemembered)
            _known.Clear();
        // It may have been read before a save that we were told of meanwhile.
        if (saves == Volatile.Read(ref _saves) && answer.Missing.Count == 0)
            _known[key] = (answer, clock.GetUtcNow() + Memory);
        return answer;
    }

    public void Forget(string assistantId)
    {
        Interlocked.Increment(ref _saves);
        foreach (var key in _known.Keys)
            if (key.AssistantId == assistantId)
                _known.TryRemove(key, out _);
    }
}

/// <summary>Broadcast: every instance forgets what an assistant was.</summary>
internal sealed class ForgetSavedDeployment(ResolvedDeployments deployments) : IConsumer<DeploymentSaved>
{
    public Task Consume(ConsumeContext<DeploymentSaved> context)
    {
        deployments.Forget(context.Message.AssistantId);
        return Task.CompletedTask;
    }
}
