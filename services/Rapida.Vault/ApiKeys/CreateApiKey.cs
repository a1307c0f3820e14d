using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Projects;
using KnownScopes = Rapida.ServiceDefaults.Access.Scopes;

namespace Rapida.Vault.ApiKeys;

internal sealed record CreateApiKeyCommand
{
    public const int MaxName = 100;
    private const int MaxScopeShown = 40;

    private CreateApiKeyCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public static Result<CreateApiKeyCommand> Parse(
        Guid projectId, string? name, IReadOnlyCollection<string?>? scopes, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl))
            return ApiKeyProblems.NameInvalid;
        if (scopes is null or { Count: 0 })
            return ApiKeyProblems.ScopesMissing;
        if (scopes.Select(scope => scope ?? "null").FirstOrDefault(scope => !KnownScopes.All.Contains(scope)) is { } unknown)
            return ApiKeyProblems.ScopeUnknown(unknown[..Math.Min(unknown.Length, MaxScopeShown)]);
        if (scopes.Contains(KnownScopes.Webhook) && scopes.Distinct().Count() > 1)
            return ApiKeyProblems.WebhookStandsAlone;
        if (expiresAt <= now)
            return ApiKeyProblems.ExpiryPast;

        return new CreateApiKeyCommand
        {
            ProjectId = projectId,
            Name = name,
            Scopes = [.. scopes.OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            ExpiresAt = expiresAt?.ToUniversalTime(),
        };
    }

    /// <summary>A key that makes keys gives no more than it has. The webhook scope is less than any other.</summary>
    public Problem? ProblemFor(ApiKeyHolder holder) =>
        Scopes.FirstOrDefault(scope => scope != KnownScopes.Webhook && !holder.Scopes.Contains(scope)) is { } missing
            ? ApiKeyProblems.ScopeNotHeld(missing)
            : null;
}

/// <summary>A key just made: the only moment at which its text is known.</summary>
internal sealed record CreatedApiKey(ApiKey ApiKey, ApiKeyText Text);

/// <summary>Makes a key and forgets its text.</summary>
internal sealed class CreateApiKey(VaultDbContext db, Peppers peppers, TimeProvider clock, ILogger<CreateApiKey> logger)
{
    public async Task<Result<CreatedApiKey>> ExecuteAsync(CreateApiKeyCommand command, CancellationToken cancellationToken)
    {
        if (!await db.Projects.AnyAsync(project => project.Id == command.ProjectId, cancellationToken))
            return ProjectProblems.Unknown;

        var text = ApiKeyText.Generate();
        var key = ApiKey.Create(command, text, peppers, clock.GetUtcNow());
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        logger.ApiKeyCreated(key.Id);
        return new CreatedApiKey(key, text);
    }
}
