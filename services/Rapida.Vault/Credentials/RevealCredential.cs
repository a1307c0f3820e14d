using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

internal sealed record RevealCredentialCommand(Guid ProjectId, Guid CredentialId, string Purpose, string Instance, string Caller, string? Grant)
{
    public const int MaxPurpose = 50;
    public const int MaxInstance = 200;

    public static Result<RevealCredentialCommand> Parse(
        Guid projectId, Guid credentialId, string purpose, string instance, string caller, string? grant) =>
        purpose.Length is >= 1 and <= MaxPurpose && instance.Length is >= 1 and <= MaxInstance && !(purpose + instance).Any(char.IsControl)
            ? new RevealCredentialCommand(projectId, credentialId, purpose, instance, caller, grant)
            : CredentialProblems.PurposeMissing;
}

/// <summary>A secret on loan: to be forgotten at <paramref name="ExpiresAt"/>, or when the credential changes.</summary>
internal sealed record RevealedCredential(
    Guid LeaseId, IReadOnlyDictionary<string, Secret> SecretFields, DateTimeOffset ExpiresAt, PreviousSecret? Previous);

/// <summary>What the last rotation replaced: good for checking signatures until <paramref name="Until"/>.</summary>
internal sealed record PreviousSecret(IReadOnlyDictionary<string, Secret> SecretFields, DateTimeOffset Until);

/// <summary>
/// Lends a credential's secret to one instance for one purpose. The audit line is committed first: there is no secret without a line, and
/// a line without a secret tells of an attempt.
/// </summary>
internal sealed class RevealCredential(
    VaultDbContext db, EnvelopeEncryption encryption, ServiceTokens tokens, TimeProvider clock, ILogger<RevealCredential> logger)
{
    // A rotated or deleted credential is announced; this bounds how long an instance that did not hear it goes on.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private const string Relay = "media";

    public async Task<Result<RevealedCredential>> ExecuteAsync(RevealCredentialCommand command, CancellationToken cancellationToken)
    {
        if (command.Caller == Relay && await ProblemOfGrantAsync(command) is { } refused)
            return refused;

        var credential = await db.Credentials.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.ProjectId == command.ProjectId && row.Id == command.CredentialId && row.DeletedAt == null, cancellationToken);
        if (credential is null)
            return CredentialProblems.Unknown;

        var lease = await WriteLeaseAsync(command);
        var secretFields = credential.OpenSecretFields(encryption);
        logger.CredentialRevealed(credential.Id, command.Caller, command.Purpose);
        return new RevealedCredential(lease.Id, secretFields, lease.ExpiresAt, PreviousOf(credential, command));
    }

    // The relay checks no signatures, and so has no use for it.
    private PreviousSecret? PreviousOf(Credential credential, RevealCredentialCommand command) =>
        command.Caller != Relay && credential.HasPreviousAt(clock.GetUtcNow())
            ? new(credential.OpenPreviousSecretFields(encryption), credential.PreviousUntil!.Value)
            : null;

    private async Task<Problem?> ProblemOfGrantAsync(RevealCredentialCommand command)
    {
        if (await CredentialGrant.ReadAsync(tokens, command.Grant) is not { } grant)
            return CredentialProblems.GrantMissing;
        return grant.Covers(command.ProjectId, command.CredentialId) ? null : CredentialProblems.NotGranted;
    }

    private async Task<Lease> WriteLeaseAsync(RevealCredentialCommand command)
    {
        var now = clock.GetUtcNow();
        var lease = new Lease
        {
            Id = Guid.CreateVersion7(now),
            ProjectId = command.ProjectId,
            CredentialId = command.CredentialId,
            Purpose = command.Purpose,
            Caller = command.Caller,
            Instance = command.Instance,
            CreatedAt = now,
            ExpiresAt = now + Life,
        };
        db.Leases.Add(lease);
        // Not the caller's token: by hanging up nobody takes the trace of an attempt back.
        await db.SaveChangesAsync(CancellationToken.None);
        return lease;
    }
}
