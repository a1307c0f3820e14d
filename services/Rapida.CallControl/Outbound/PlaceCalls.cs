using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Media;
using Rapida.Contracts.Events;
using Rapida.Deployments.V1;
using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// Somebody wants numbers called: everything is checked, then all calls and their places in the queue are written at once. Nothing is dialled
/// here, and a crash loses nothing that was answered.
/// </summary>
internal sealed class PlaceCalls(
    CallsDbContext db, Deployments.V1.Deployments.DeploymentsClient deployments, TwilioAccounts accounts, TwilioNumbers numbers, DialBell bell,
    IOptions<CallsOptions> callsOptions, IOptions<OutboundOptions> options, TimeProvider clock)
{
    // Twilio ends the call when we cannot.
    private static readonly TimeSpan TimeLimitSlack = TimeSpan.FromMinutes(1);

    /// <summary>The calls, in the order of <paramref name="commands"/>, which are of one project. A problem: none was placed.</summary>
    public async Task<Result<List<Call>>> ExecuteAsync(IReadOnlyList<PlaceCallCommand> commands, CancellationToken cancellationToken)
    {
        if (await FindAsync(commands, cancellationToken) is { Count: > 0 } placed)
            return Again(placed, commands);

        var calls = new List<Call>(commands.Count);
        var resolved = new Dictionary<(string, int), ResolvePhoneCallResponse>();
        foreach (var command in commands)
        {
            if (!(await PrepareAsync(command, resolved, cancellationToken)).TryGet(out var call, out var problem))
                return commands.Count == 1 ? problem : problem with { Detail = $"Call {calls.Count + 1} of {commands.Count}: {problem.Detail}" };
            calls.Add(call);
        }

        if (await IsFullAsync(commands[0].ProjectId, calls.Count, cancellationToken))
            return PlaceCallProblems.QueueFull;

        foreach (var call in calls)
            db.Outbox.Announce(new CallQueued(
                call.ProjectId, call.Id, ++call.EventSequence, call.CreatedAt, call.ConversationId, call.AssistantId, call.AssistantVersion, call.PartyId));
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (commands[0].IdempotencyKey is { } key)
            {
                // The same request at the same moment waits here, and then finds the call.
                await db.LockAsync($"{commands[0].ProjectId} {key}", cancellationToken);
                if (await FindAsync(commands, cancellationToken) is { Count: > 0 } meanwhile)
                    return Again(meanwhile, commands);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        bell.Ring();
        return calls;
    }

    private static Result<List<Call>> Again(List<Call> placed, IReadOnlyList<PlaceCallCommand> commands)
    {
        var byKey = placed.ToDictionary(call => call.IdempotencyKey!);
        return commands.All(command => byKey.TryGetValue(command.IdempotencyKey!, out var call) && call.RequestHash.AsSpan().SequenceEqual(command.Hash))
            ? commands.Select(command => byKey[command.IdempotencyKey!]).ToList()
            : PlaceCallProblems.IdempotencyKeyReused;
    }

    private async Task<List<Call>> FindAsync(IReadOnlyList<PlaceCallCommand> commands, CancellationToken cancellationToken)
    {
        if (commands.Any(command => command.IdempotencyKey is null))
            return [];
        var (projectId, keys) = (commands[0].ProjectId, commands.Select(command => command.IdempotencyKey).ToList());
        return await db.Calls.AsNoTracking().Where(call => call.ProjectId == projectId && keys.Contains(call.IdempotencyKey)).ToListAsync(cancellationToken);
    }

    private async Task<Result<Call>> PrepareAsync(
        PlaceCallCommand command, Dictionary<(string, int), ResolvePhoneCallResponse> resolved, CancellationToken cancellationToken)
    {
        if (!resolved.TryGetValue((command.AssistantId, command.Version), out var deployment))
        {
            if (!(await ResolveAsync(command, cancellationToken)).TryGet(out deployment, out var problem))
                return problem;
            resolved.Add((command.AssistantId, command.Version), deployment);
        }

        if (deployment.Missing.Count > 0)
            return PlaceCallProblems.DeploymentIncomplete(deployment.Missing);
        if (!Guid.TryParse(deployment.Phone.CredentialId, out var credentialId)
            || await accounts.SidAsync(command.ProjectId, credentialId, cancellationToken) is not { } accountSid)
            return PlaceCallProblems.CredentialUnknown;
        var from = command.From?.E164 ?? deployment.Phone.PhoneNumber;
        if (from == command.To.E164)
            return PlaceCallProblems.SameNumber;
        if (from != deployment.Phone.PhoneNumber && !await numbers.OwnsAsync(command.ProjectId, credentialId, from, cancellationToken))
            return PlaceCallProblems.FromNumberNotOwned;

        return Queue(command, deployment, credentialId, accountSid, from);
    }

    private Call Queue(PlaceCallCommand command, ResolvePhoneCallResponse deployment, Guid credentialId, string accountSid, string from)
    {
        var (now, to, indexKey) = (clock.GetUtcNow(), command.To.E164, Convert.FromBase64String(callsOptions.Value.PartyIndexKey));
        var settings = FreezeSettings.Of(deployment);
        settings.Experience = settings.Experience.Clone();
        command.Overrides.ApplyTo(settings.Experience);
        settings.Arguments.Add(command.Arguments.ToDictionary());
        var call = new Call
        {
            Id = Guid.CreateVersion7(now),
            ProjectId = command.ProjectId,
            ConversationId = Guid.CreateVersion7(now),
            AssistantId = deployment.Assistant.Id,
            AssistantVersion = deployment.Version.Version,
            Direction = Directions.Outbound,
            Status = CallStatus.Queued,
            AccountSid = accountSid,
            CredentialId = credentialId,
            FromAddress = from,
            ToAddress = to,
            PartyId = PartyId.Of(indexKey, command.ProjectId, to),
            Metadata = command.Metadata,
            IdempotencyKey = command.IdempotencyKey,
            RequestHash = command.IdempotencyKey is null ? null : command.Hash,
            CreatedAt = now,
        };
        db.Calls.Add(call);
        db.Dials.Add(new()
        {
            CallId = call.Id,
            ProjectId = command.ProjectId,
            NumberId = PartyId.Of(indexKey, command.ProjectId, from),
            LineId = PartyId.Of(indexKey, $"{accountSid}{from}{to}"),
            State = DialState.Waiting,
            Settings = settings.ToByteArray(),
            // A Deployments of an older version says nothing.
            MachineDetection = command.MachineDetection ?? MachineDetections.Parse(deployment.Phone.MachineDetection) ?? MachineDetection.Off,
            TimeLimitSeconds = (int)(settings.Experience.MaxDuration.ToTimeSpan() + TimeLimitSlack).TotalSeconds,
            NotBefore = now,
        });
        return call;
    }

    private async Task<bool> IsFullAsync(Guid projectId, int more, CancellationToken cancellationToken) =>
        await db.Dials.CountAsync(dial => dial.ProjectId == projectId && dial.State == DialState.Waiting, cancellationToken) + more
            > options.Value.QueueLength;

    private async Task<Result<ResolvePhoneCallResponse>> ResolveAsync(PlaceCallCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await deployments.ResolvePhoneCallAsync(
                new() { ProjectId = command.ProjectId.ToString(), AssistantId = command.AssistantId, Version = command.Version },
                cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return exception.Trailers.GetValue(ProblemAnswers.CodeTrailer) == "version_unknown"
                ? PlaceCallProblems.VersionUnknown
                : PlaceCallProblems.AssistantUnknown;
        }
    }
}
