using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Assistants;

namespace Rapida.Deployments.Providers;

/// <summary>A place where a live assistant names a credential: <c>phone_deployment</c>, <c>speech_to_text</c>, <c>tool book</c>, …</summary>
internal sealed record CredentialUse(AssistantId AssistantId, string AssistantName, string Place);

/// <summary>Who would be left without a credential if it were deleted. Versions and saves that are not live count for nothing.</summary>
internal sealed class FindCredentialUses(DeploymentsDbContext db)
{
    public async Task<IReadOnlyList<CredentialUse>> ExecuteAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        var live = await (
            from assistant in db.Assistants
            where assistant.ProjectId == projectId
            from version in db.AssistantVersions.Where(row => row.ProjectId == projectId && row.AssistantId == assistant.Id
                && row.Version == assistant.LiveVersion).DefaultIfEmpty()
            from phone in db.PhoneDeployments.Where(row => row.ProjectId == projectId && row.AssistantId == assistant.Id
                && row.Revision == assistant.LivePhoneRevision).DefaultIfEmpty()
            orderby assistant.CreatedAt
            select new
            {
                assistant.Id,
                assistant.Name,
                PhoneCredentialId = (Guid?)phone.CredentialId,
                phone.SpeechToText,
                phone.TextToSpeech,
                version.LanguageModel,
                version.Tools,
            })
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        return
        [
            .. from assistant in live
               from place in ((string Name, Guid? CredentialId)[])
               [
                   ("phone_deployment", assistant.PhoneCredentialId),
                   ("speech_to_text", assistant.SpeechToText?.CredentialId),
                   ("text_to_speech", assistant.TextToSpeech?.CredentialId),
                   ("language_model", assistant.LanguageModel?.CredentialId),
                   .. (assistant.Tools ?? []).Select(tool => ($"tool {tool.Name}", tool.CredentialId)),
               ]
               where place.CredentialId == credentialId
               select new CredentialUse(assistant.Id, assistant.Name, place.Name),
        ];
    }
}
