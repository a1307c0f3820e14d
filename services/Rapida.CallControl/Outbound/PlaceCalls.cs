using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Media;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>
/// Somebody wants numbers called: everything is checked, then all calls and their places in the queue are written at once. Nothing is dialled
/// here, and a crash loses nothing that was answered.
/// </summary>
internal sealed class PlaceCalls(
    CallsDbContext db, ResolvedDeployments deployments, TwilioAccounts accounts, TwilioNumbers numbers, QueueLengths queueLengths, QueueCalls queue,
    DialBell bell, IOptions<CallsOptions> callsOptions, IOptions<OutboundOptions> options, TimeProvider clock)
{
    // Twilio ends the call when we cannot.
    private static readonly TimeSpan TimeLimitSlack = TimeSpan.FromMinutes(1);

    /// <summary>The calls, in the order of <paramref name="commands"/>, which are of one project. A problem: none was placed.</summary>
    public async Task<Result<List<Call>>> ExecuteAsync(IReadOnlyList<PlaceCallCommand> commands, CancellationToken cancellationToken)
    {
        var queued = new List<(Call Call, Dial Dial)>(commands.Count);
        foreach (var command in commands)
        {
            if (!(await PrepareAsync(command, cancellationToken)).TryGet(out var one, out var problem))
                return await AgainOrAsync(commands, commands.Count == 1 ? problem : problem with { Detail = $"Call {queued.Count + 1} of {commands.Count}: {problem.Detail}" }, cancellationToken);
            queued.Add(one);
        }

        if (!await queueLengths.TryAddAsync(db, commands[0].ProjectId, queued.Count, options.Value.QueueLength, cancellationToken))
            return await AgainOrAsync(commands, PlaceCallProblems.QueueFull, cancellationToken);
        // This request has been answered before, or was faster a moment ago.
        if (!await queue.TryAsync(queued, cancellationToken))
            return Again(await FindAsync(commands, cancellationToken), commands);

        bell.Ring();
        return queued.ConvertAll(one => one.Call);
    }

    // What was placed is placed, whatever has changed since.
    private async Task<Result<List<Call>>> AgainOrAsync(IReadOnlyList<PlaceCallCommand> commands, Problem problem, CancellationToken cancellationToken) =>
        await FindAsync(commands, cancellationToken) is { Count: > 0 } placed ? Again(placed, commands) : problem;

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

    private async Task<Result<(Call Call, Dial Dial)>> PrepareAsync(PlaceCallCommand command, CancellationToken cancellationToken)
    {
        if (!(await ResolveAsync(command, cancellationToken)).TryGet(out var deployment, out var problem))
            return problem;
        if (deployment.Missing.Count > 0)
            return PlaceCallProblems.DeploymentIncomplete(deployment.Missing);
        if (!Guid.TryParse(deployment.Phone.CredentialId, out var credentialId)
            || await accounts.SidAsync(command.ProjectId, credentialId, cancellationToken) is not { } accountSid)
            return PlaceCallProblems.CredentialUnknown;
        var from = command.From?.E164 ?? deployment.Phone.PhoneNumber;
        if (from == command.To.E164)
            return PlaceCallProblems.SameNumber;
        if (!await numbers.OwnsAsync(command.ProjectId, credentialId, from, cancellationToken))
            return PlaceCallProblems.FromNumberNotOwned;

        return Make(command, deployment, credentialId, accountSid, from);
    }

    private (Call Call, Dial Dial) Make(PlaceCallCommand command, ResolvePhoneCallResponse deployment, Guid credentialId, string accountSid, string from)
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
        var dial = new Dial
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
        };
        return (call, dial);
    }

    private async Task<Result<ResolvePhoneCallResponse>> ResolveAsync(PlaceCallCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await deployments.GetAsync(command.ProjectId, command.AssistantId, command.Version, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return exception.Trailers.GetValue(ProblemAnswers.CodeTrailer) == "version_unknown"
                ? PlaceCallProblems.VersionUnknown
                : PlaceCallProblems.AssistantUnknown;
        }
    }
}
