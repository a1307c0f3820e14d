using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Phone;

/// <summary>An assistant on a telephone number. Never changed; the next save replaces it.</summary>
internal sealed class PhoneDeployment
{
    public required Guid ProjectId { get; init; }

    public required AssistantId AssistantId { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The telephone company: <c>twilio</c>.</summary>
    public required string Provider { get; init; }

    public required Guid CredentialId { get; init; }

    /// <summary>E.164.</summary>
    public required string PhoneNumber { get; init; }

    public required Experience Experience { get; init; }

    public required ProviderChoice? SpeechToText { get; init; }

    public required ProviderChoice? TextToSpeech { get; init; }

    /// <summary>Where the model may transfer a call to: a name that it says, and an E.164 number. Empty: nowhere.</summary>
    public required IReadOnlyDictionary<string, string> TransferTargets { get; init; }

    /// <summary>The model may press keys.</summary>
    public required bool SendKeys { get; init; }

    /// <summary>A word of <see cref="Phone.MachineDetection"/>.</summary>
    public required string MachineDetection { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<PhoneDeployment>(phone =>
    {
        phone.ToTable("phone_deployments");
        phone.HasKey(row => new { row.AssistantId, row.Revision });
        phone.Property(row => row.Provider).HasMaxLength(50);
        phone.Property(row => row.PhoneNumber).HasMaxLength(16);
        phone.ComplexProperty(row => row.Experience);
        phone.Property(row => row.SpeechToText).IsProviderChoice();
        phone.Property(row => row.TextToSpeech).IsProviderChoice();
        phone.Property(row => row.TransferTargets).AreTransferTargets();
        // An instance of an older version writes rows without it.
        phone.Property(row => row.MachineDetection).HasMaxLength(16).HasDefaultValue(Phone.MachineDetection.Off);
        phone.HasOne<Assistant>().WithMany().HasForeignKey(row => row.AssistantId).OnDelete(DeleteBehavior.Restrict);
    });
}
