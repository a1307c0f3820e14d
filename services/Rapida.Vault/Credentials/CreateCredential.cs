using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Encryption;
using Rapida.Vault.Projects;

namespace Rapida.Vault.Credentials;

internal sealed partial record CreateCredentialCommand
{
    public const int MaxName = 100;
    public const int MaxProvider = 50;
    public const int MaxMadeFor = 100;

    private CreateCredentialCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required string Provider { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> PublicFields { get; init; }

    public required IReadOnlyDictionary<string, Secret> SecretFields { get; init; }

    /// <summary>Null: the tenant stores it himself.</summary>
    public required string? MadeFor { get; init; }

    /// <param name="projectId">The tenant.</param>
    /// <param name="provider">Unchecked, as all that follows.</param>
    /// <param name="name">For people.</param>
    /// <param name="fields">As the provider names them.</param>
    /// <param name="madeFor">What another service stores it for; empty or null for nothing.</param>
    public static Result<CreateCredentialCommand> Parse(
        Guid projectId, string? provider, string? name, IReadOnlyDictionary<string, string>? fields, string? madeFor = null)
    {
        if (provider is null || !ProviderName().IsMatch(provider))
            return CredentialProblems.ProviderInvalid;
        if (!IsName(name))
            return CredentialProblems.NameInvalid;
        if (madeFor?.Length > MaxMadeFor || madeFor?.Any(char.IsControl) is true)
            return CredentialProblems.MadeForInvalid;
        if (!ProviderFields.Sort(provider, fields ?? new Dictionary<string, string>()).TryGet(out var sorted, out var problem))
            return problem;

        return new CreateCredentialCommand
        {
            ProjectId = projectId,
            Provider = provider,
            Name = name,
            PublicFields = sorted.Public,
            SecretFields = sorted.Secret,
            MadeFor = string.IsNullOrEmpty(madeFor) ? null : madeFor,
        };
    }

    public static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= MaxName && !name.Any(char.IsControl);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,49}\z")]
    private static partial Regex ProviderName();
}

/// <summary>
/// Stores a credential: its secret fields go into an envelope and are not seen again but through a lease. One that was made for the same purpose and
/// has the same fields is not stored again.
/// </summary>
internal sealed class CreateCredential(
    VaultDbContext db, EnvelopeEncryption encryption, TimeProvider clock, ILogger<CreateCredential> logger)
{
    public async Task<Result<Credential>> ExecuteAsync(CreateCredentialCommand command, CancellationToken cancellationToken)
    {
        if (!await db.Projects.AnyAsync(project => project.Id == command.ProjectId, cancellationToken))
            return ProjectProblems.Unknown;
        if (await FindSameAsync(command, cancellationToken) is { } same)
            return same;

        var now = clock.GetUtcNow();
        var credential = Credential.Create(Guid.CreateVersion7(now), command, encryption, now);
        db.Credentials.Add(credential);
        await db.SaveChangesAsync(cancellationToken);
        logger.CredentialCreated(credential.Id, credential.Provider);
        return credential;
    }

    private async Task<Credential?> FindSameAsync(CreateCredentialCommand command, CancellationToken cancellationToken)
    {
        if (command.MadeFor is null)
            return null;

        var made = await db.Credentials.AsNoTracking()
            .Where(row => row.ProjectId == command.ProjectId && row.MadeFor == command.MadeFor && row.Provider == command.Provider && row.DeletedAt == null)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return made.FirstOrDefault(credential => credential.Holds(command.PublicFields, command.SecretFields, encryption));
    }
}
