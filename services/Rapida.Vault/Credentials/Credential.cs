using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Encryption;
using Rapida.Vault.Projects;

namespace Rapida.Vault.Credentials;

/// <summary>A project's key to a provider: Twilio, or one of speech or language models.</summary>
internal sealed class Credential
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    public required string Provider { get; init; }

    public required string Name { get; init; }

    /// <summary>The fields that are no secret, such as <c>account_sid</c>.</summary>
    public required Dictionary<string, string> PublicFields { get; init; }

    /// <summary>The others: a JSON object of texts, sealed.</summary>
    public required Envelope SecretFields { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static Credential Create(
        Guid id, CreateCredentialCommand command, EnvelopeEncryption encryption, DateTimeOffset now) => new()
        {
            Id = id,
            ProjectId = command.ProjectId,
            Provider = command.Provider,
            Name = command.Name,
            PublicFields = new(command.PublicFields),
            SecretFields = SecretText.Seal(command.SecretFields, encryption, OwnerOf(command.ProjectId, id, command.Provider)),
            CreatedAt = now,
            UpdatedAt = now,
        };

    /// <summary>Reads an id of the wire: what is no id is nobody's credential.</summary>
    public static Result<Guid> ParseId(string id) => Guid.TryParse(id, out var parsed) ? parsed : CredentialProblems.Unknown;

    /// <exception cref="EnvelopeException">The row was tampered with, or its ring key is not configured.</exception>
    public IReadOnlyDictionary<string, Secret> OpenSecretFields(EnvelopeEncryption encryption) =>
        SecretText.Open(SecretFields, encryption, OwnerOf(ProjectId, Id, Provider));

    public static void Map(ModelBuilder model) => model.Entity<Credential>(credential =>
    {
        credential.ToTable("credentials");
        credential.HasIndex(row => row.ProjectId);
        credential.Property(row => row.Provider).HasMaxLength(CreateCredentialCommand.MaxProvider);
        credential.Property(row => row.Name).HasMaxLength(CreateCredentialCommand.MaxName);
        credential.Property(row => row.PublicFields).HasColumnType("jsonb").HasConversion(
            fields => JsonSerializer.Serialize(fields, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            // Written once and never changed in place: the same object is the same value.
            new ValueComparer<Dictionary<string, string>>((left, right) => ReferenceEquals(left, right), fields => fields.GetHashCode()));
        credential.ComplexProperty(row => row.SecretFields);
        credential.HasOne<Project>().WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
    });

    private static EnvelopeOwner OwnerOf(Guid projectId, Guid id, string provider) => new(projectId, id, $"credential/{provider}");
}
