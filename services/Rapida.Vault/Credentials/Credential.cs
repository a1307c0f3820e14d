using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Rapida.Contracts.Events;
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

    public string Name { get; private set; } = "";

    /// <summary>The fields that are no secret, such as <c>account_sid</c>.</summary>
    public Dictionary<string, string> PublicFields { get; private set; } = [];

    /// <summary>The others: a JSON object of texts, sealed.</summary>
    public Envelope SecretFields { get; private set; } = Envelope.Wiped;

    /// <summary>Their names. Null: the row was written by a version that did not note them.</summary>
    public string[]? SecretFieldNames { get; private set; }

    /// <summary>What the last rotation replaced, in an envelope of its own; null when there is none, or its grace is over and it was wiped.</summary>
    public Envelope? PreviousSecretFields { get; private set; }

    /// <summary>Until when the previous secret may have signed what comes in.</summary>
    public DateTimeOffset? PreviousUntil { get; private set; }

    /// <summary>One of <see cref="CredentialStatus"/>.</summary>
    public string Status { get; private set; } = CredentialStatus.Unverified;

    /// <summary>Why it is failing: a stable code.</summary>
    public string? StatusReason { get; private set; }

    /// <summary>The same as a sentence that says what to do.</summary>
    public string? StatusDetail { get; private set; }

    /// <summary>When the provider was last asked.</summary>
    public DateTimeOffset? VerifiedAt { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row stays for the audit, its secrets do not.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>What another service has stored it for, such as <c>tool/123456789012345/book</c>; null: the tenant has stored it.</summary>
    public string? MadeFor { get; init; }

    /// <summary>Counts what was announced of this credential.</summary>
    public long Sequence { get; private set; }

    public static Credential Create(
        Guid id, CreateCredentialCommand command, EnvelopeEncryption encryption, DateTimeOffset now)
    {
        var credential = new Credential
        {
            Id = id,
            ProjectId = command.ProjectId,
            Provider = command.Provider,
            Name = command.Name,
            MadeFor = command.MadeFor,
            CreatedAt = now,
            UpdatedAt = now,
        };
        credential.Seal(command.PublicFields, command.SecretFields, encryption);
        return credential;
    }

    /// <summary>Reads an id of the wire: what is no id is nobody's credential.</summary>
    public static Result<Guid> ParseId(string id) => Guid.TryParse(id, out var parsed) ? parsed : CredentialProblems.Unknown;

    public CredentialChanged Rename(string name, DateTimeOffset now)
    {
        Name = name;
        return Changed(now);
    }

    /// <summary>Replaces the secret; the one before it stays good for checking signatures until <paramref name="previousUntil"/>.</summary>
    public CredentialChanged Rotate(
        IReadOnlyDictionary<string, string> publicFields, IReadOnlyDictionary<string, Secret> secretFields, DateTimeOffset previousUntil,
        EnvelopeEncryption encryption, DateTimeOffset now)
    {
        var previous = OpenSecretFields(encryption);
        Seal(publicFields, secretFields, encryption);
        (PreviousSecretFields, PreviousUntil) = previousUntil > now
            ? (SecretText.Seal(previous, encryption, PreviousOwner), (DateTimeOffset?)previousUntil)
            : (null, null);
        (Status, StatusReason, StatusDetail, VerifiedAt) = (CredentialStatus.Unverified, null, null, null);
        return Changed(now);
    }

    /// <summary>Lets the previous secret's grace end earlier; it is never prolonged.</summary>
    public CredentialChanged EndGraceBy(DateTimeOffset until, DateTimeOffset now)
    {
        if (until <= now)
            (PreviousSecretFields, PreviousUntil) = (null, null);
        else if (until < PreviousUntil)
            PreviousUntil = until;
        return Changed(now);
    }

    public CredentialChanged Delete(DateTimeOffset now)
    {
        (SecretFields, PreviousSecretFields, PreviousUntil) = (Envelope.Wiped, null, null);
        DeletedAt = now;
        return Changed(now);
    }

    /// <summary>Whether these are its fields, and no others. Secrets are compared in constant time.</summary>
    /// <exception cref="EnvelopeException">The row was tampered with, or its ring key is not configured.</exception>
    public bool Holds(
        IReadOnlyDictionary<string, string> publicFields, IReadOnlyDictionary<string, Secret> secretFields, EnvelopeEncryption encryption) =>
        Same(PublicFields, publicFields) && Same(OpenSecretFields(encryption), secretFields);

    public bool HasPreviousAt(DateTimeOffset now) => PreviousSecretFields is not null && now < PreviousUntil;

    /// <exception cref="EnvelopeException">The row was tampered with, or its ring key is not configured.</exception>
    public IReadOnlyDictionary<string, Secret> OpenSecretFields(EnvelopeEncryption encryption) =>
        SecretText.Open(SecretFields, encryption, Owner);

    /// <exception cref="EnvelopeException">The row was tampered with, or its ring key is not configured.</exception>
    public IReadOnlyDictionary<string, Secret> OpenPreviousSecretFields(EnvelopeEncryption encryption) =>
        SecretText.Open(PreviousSecretFields!, encryption, PreviousOwner);

    /// <summary>Wraps its envelopes with the ring's active key. To whoever uses it nothing changes.</summary>
    /// <returns>How many were wrapped with another.</returns>
    public int Rewrap(EnvelopeEncryption encryption, string activeRingKeyId)
    {
        var count = 0;
        if (SecretFields.RingKeyId != activeRingKeyId)
        {
            SecretFields = encryption.Rewrap(SecretFields, Owner);
            count++;
        }

        if (PreviousSecretFields is { } previous && previous.RingKeyId != activeRingKeyId)
        {
            PreviousSecretFields = encryption.Rewrap(previous, PreviousOwner);
            count++;
        }

        return count;
    }

    /// <summary>Notes what a version before the column did not.</summary>
    public void NoteSecretFieldNames(EnvelopeEncryption encryption) => SecretFieldNames = NamesOf(OpenSecretFields(encryption));

    public static void Map(ModelBuilder model) => model.Entity<Credential>(credential =>
    {
        credential.ToTable("credentials");
        credential.HasIndex(row => row.ProjectId);
        credential.HasIndex(row => new { row.ProjectId, row.MadeFor }).HasFilter("made_for is not null");
        credential.Property(row => row.Provider).HasMaxLength(CreateCredentialCommand.MaxProvider);
        credential.Property(row => row.Name).HasMaxLength(CreateCredentialCommand.MaxName);
        credential.Property(row => row.PublicFields).HasColumnType("jsonb").HasConversion(
            fields => JsonSerializer.Serialize(fields, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            // Replaced and never changed in place: the same object is the same value.
            new ValueComparer<Dictionary<string, string>>((left, right) => ReferenceEquals(left, right), fields => fields.GetHashCode()));
        credential.ComplexProperty(row => row.SecretFields);
        credential.ComplexProperty(row => row.PreviousSecretFields);
        credential.Property(row => row.MadeFor).HasMaxLength(CreateCredentialCommand.MaxMadeFor);
        credential.Property(row => row.Status).HasMaxLength(16).HasDefaultValue(CredentialStatus.Unverified);
        credential.Property(row => row.StatusReason).HasMaxLength(50);
        credential.Property(row => row.StatusDetail).HasMaxLength(500);
        credential.Property(row => row.Sequence).HasDefaultValue(0L);
        credential.HasOne<Project>().WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
    });

    private EnvelopeOwner Owner => new(ProjectId, Id, $"credential/{Provider}");

    // A purpose of its own: put back in the place of the current secret, a replaced one does not open.
    private EnvelopeOwner PreviousOwner => new(ProjectId, Id, $"credential/{Provider}/previous");

    private void Seal(
        IReadOnlyDictionary<string, string> publicFields, IReadOnlyDictionary<string, Secret> secretFields, EnvelopeEncryption encryption)
    {
        PublicFields = new(publicFields);
        SecretFields = SecretText.Seal(secretFields, encryption, Owner);
        SecretFieldNames = NamesOf(secretFields);
    }

    private CredentialChanged Changed(DateTimeOffset now)
    {
        UpdatedAt = now;
        return new(ProjectId, Id, ++Sequence, now);
    }

    private static bool Same<T>(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right)
        where T : IEquatable<T> =>
        left.Count == right.Count && left.All(field => right.TryGetValue(field.Key, out var other) && field.Value.Equals(other));

    private static string[] NamesOf(IReadOnlyDictionary<string, Secret> fields) => [.. fields.Keys.Order(StringComparer.Ordinal)];
}
