using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Projects;

namespace Rapida.Vault.ApiKeys;

/// <summary>A project's key to our public API, as far as we know it: not the key itself.</summary>
internal sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    /// <summary>The part of the key's text that finds this row.</summary>
    public required string LookupId { get; init; }

    public required ApiKeyHash Hash { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>To the minute, or so.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public static ApiKey Create(CreateApiKeyCommand command, ApiKeyText text, Peppers peppers, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ProjectId = command.ProjectId,
        LookupId = text.LookupId,
        Hash = peppers.Hash(text),
        Name = command.Name,
        Scopes = command.Scopes,
        CreatedAt = now,
        ExpiresAt = command.ExpiresAt,
    };

    /// <summary>Reads an id of the wire: what is no id is nobody's key.</summary>
    public static Result<Guid> ParseId(string id) => Guid.TryParse(id, out var parsed) ? parsed : ApiKeyProblems.Unknown;

    public string Display => ApiKeyText.DisplayOf(LookupId);

    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    public static void Map(ModelBuilder model) => model.Entity<ApiKey>(key =>
    {
        key.ToTable("api_keys");
        key.HasIndex(row => row.LookupId).IsUnique();
        key.HasIndex(row => row.ProjectId);
        key.Property(row => row.LookupId).HasMaxLength(12);
        key.Property(row => row.Name).HasMaxLength(CreateApiKeyCommand.MaxName);
        key.ComplexProperty(row => row.Hash);
        key.HasOne<Project>().WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
    });
}
