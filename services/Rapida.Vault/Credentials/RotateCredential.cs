using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Credentials;

internal sealed class RotateCredentialCommand
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(7);

    public static readonly Problem GraceProblem = CredentialProblems.GraceOutOfRange((int)MaxGrace.TotalSeconds);

    private RotateCredentialCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required Guid CredentialId { get; init; }

    /// <summary>What changes. Null takes a field away; one that is not named stays as it is.</summary>
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }

    /// <summary>How long the replaced secret may still have signed what comes in.</summary>
    public required TimeSpan Grace { get; init; }

    public static Result<RotateCredentialCommand> Parse(
        Guid projectId, Guid credentialId, IReadOnlyDictionary<string, string?>? fields, double? graceSeconds)
    {
        if (fields is not { Count: > 0 })
            return CredentialProblems.NothingToRotate;
        if (graceSeconds is { } seconds && !(seconds >= 0 && seconds <= MaxGrace.TotalSeconds))
            return GraceProblem;

        return new RotateCredentialCommand
        {
            ProjectId = projectId,
            CredentialId = credentialId,
            Fields = fields,
            Grace = graceSeconds is { } given ? TimeSpan.FromSeconds(given) : DefaultGrace,
        };
    }
}

/// <summary>
/// Replaces a credential's secret. New requests use the new one at once; what comes in may be signed with either until the grace is over.
/// The same rotation again replaces nothing, so that it may be repeated when the answer was lost; it can only end the grace earlier.
/// </summary>
internal sealed class RotateCredential(
    VaultDbContext db, EnvelopeEncryption encryption, TimeProvider clock, ILogger<RotateCredential> logger)
{
    public async Task<Result<Credential>> ExecuteAsync(RotateCredentialCommand command, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockCredentialAsync(command.ProjectId, command.CredentialId, cancellationToken) is not { } credential)
            return CredentialProblems.Unknown;

        var current = credential.OpenSecretFields(encryption);
        if (!Merge(credential, current, command.Fields).TryGet(out var fields, out var problem))
            return problem;

        var now = clock.GetUtcNow();
        var previousUntil = now + command.Grace;
        db.Outbox.Announce(credential.Holds(fields.Public, fields.Secret, encryption)
            ? credential.EndGraceBy(previousUntil, now)
            : credential.Rotate(fields.Public, fields.Secret, previousUntil, encryption, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.CredentialRotated(credential.Id, command.Grace);
        return credential;
    }

    private static Result<(Dictionary<string, string> Public, Dictionary<string, Secret> Secret)> Merge(
        Credential credential, IReadOnlyDictionary<string, Secret> current, IReadOnlyDictionary<string, string?> changes)
    {
        var fields = new Dictionary<string, string>(credential.PublicFields, StringComparer.Ordinal);
        foreach (var (name, secret) in current)
            fields[name] = secret.Reveal();
        foreach (var (name, value) in changes)
        {
            if (value is null)
                fields.Remove(name);
            else
                fields[name] = value;
        }

        // Another account is another credential: its calls, numbers and webhooks are others.
        return ProviderFields.IsFixed(credential.Provider, credential.PublicFields, fields)
            ? ProviderFields.Sort(credential.Provider, fields)
            : CredentialProblems.AccountFixed;
    }
}
