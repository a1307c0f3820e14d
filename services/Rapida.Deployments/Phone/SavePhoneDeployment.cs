using Rapida.Deployments.Assistants;
using Rapida.Deployments.Providers;
using Rapida.Events.Outbox;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

internal sealed record SavePhoneDeploymentCommand
{
    private const string Twilio = "twilio";

    private SavePhoneDeploymentCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required AssistantId AssistantId { get; init; }

    public required string Provider { get; init; }

    public required Guid CredentialId { get; init; }

    public required PhoneNumber PhoneNumber { get; init; }

    public required Experience Experience { get; init; }

    public required ProviderChoice? SpeechToText { get; init; }

    public required ProviderChoice? TextToSpeech { get; init; }

    public required IReadOnlyDictionary<string, string> TransferTargets { get; init; }

    public required bool SendKeys { get; init; }

    public required string MachineDetection { get; init; }

    public static Result<SavePhoneDeploymentCommand> Parse(Guid projectId, AssistantId assistantId, PhoneSettings settings)
    {
        if (settings.Provider != Twilio)
            return PhoneProblems.ProviderUnknown;
        if (!Guid.TryParse(settings.CredentialId, out var credentialId))
            return PhoneProblems.CredentialInvalid;
        if (!PhoneNumber.TryParse(settings.PhoneNumber, out var phoneNumber))
            return PhoneProblems.PhoneNumberInvalid;
        var machineDetection = settings.MachineDetection ?? Phone.MachineDetection.Off;
        if (!Phone.MachineDetection.IsOne(machineDetection))
            return PhoneProblems.MachineDetectionInvalid;
        if (!Experience.Parse(settings).TryGet(out var experience, out var problem)
            || !ProviderChoice.Parse("speech_to_text", settings.SpeechToText).TryGet(out var speechToText, out problem)
            || !ProviderChoice.Parse("text_to_speech", settings.TextToSpeech).TryGet(out var textToSpeech, out problem)
            || !Phone.TransferTargets.Parse(settings.TransferTargets).TryGet(out var transferTargets, out problem))
        {
            return problem;
        }

        return new SavePhoneDeploymentCommand
        {
            ProjectId = projectId,
            AssistantId = assistantId,
            Provider = Twilio,
            CredentialId = credentialId,
            PhoneNumber = phoneNumber,
            Experience = experience,
            SpeechToText = speechToText,
            TextToSpeech = textToSpeech,
            TransferTargets = transferTargets,
            SendKeys = settings.SendKeys ?? false,
            MachineDetection = machineDetection,
        };
    }
}

/// <summary>
/// Saves where and how an assistant answers, as a whole. The save is live at once: calls in progress keep what they began with.
/// </summary>
internal sealed class SavePhoneDeployment(DeploymentsDbContext db, TimeProvider clock, ILogger<SavePhoneDeployment> logger)
{
    public async Task<Result<PhoneDeployment>> ExecuteAsync(SavePhoneDeploymentCommand command, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAssistantAsync(command.ProjectId, command.AssistantId, cancellationToken) is not { } assistant)
            return AssistantProblems.Unknown;

        var now = clock.GetUtcNow();
        db.Outbox.Announce(assistant.NextPhoneRevision(now));
        var phone = new PhoneDeployment
        {
            ProjectId = command.ProjectId,
            AssistantId = command.AssistantId,
            Revision = assistant.LivePhoneRevision,
            Provider = command.Provider,
            CredentialId = command.CredentialId,
            PhoneNumber = command.PhoneNumber.E164,
            Experience = command.Experience,
            SpeechToText = command.SpeechToText,
            TextToSpeech = command.TextToSpeech,
            TransferTargets = command.TransferTargets,
            SendKeys = command.SendKeys,
            MachineDetection = command.MachineDetection,
            CreatedAt = now,
        };
        db.PhoneDeployments.Add(phone);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.PhoneDeploymentSaved(phone.AssistantId, phone.Revision);
        return phone;
    }
}
