using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Assistants;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

/// <summary>What there is of an assistant that is asked to hold a call.</summary>
internal sealed record ResolvedPhoneCall(Assistant Assistant, AssistantVersion? Version, PhoneDeployment? Phone)
{
    /// <summary>What has to be set before a call can be held, by the names of the API. The caller meanwhile hears the error message.</summary>
    public IEnumerable<string> Missing()
    {
        if (Version is null)
            yield return "version";
        if (Version?.LanguageModel is null)
            yield return "language_model";
        if (Phone is null)
            yield return "phone_deployment";
        if (Phone?.SpeechToText is null)
            yield return "speech_to_text";
        if (Phone?.TextToSpeech is null)
            yield return "text_to_speech";
    }
}

/// <summary>All that a call needs to begin, in one round trip to the database: somebody's telephone is ringing.</summary>
internal sealed class ResolvePhoneCall(DeploymentsDbContext db)
{
    /// <param name="projectId">The tenant.</param>
    /// <param name="assistantId">Its assistant.</param>
    /// <param name="requestedVersion">0 stands for the live one.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<Result<ResolvedPhoneCall>> ExecuteAsync(
        Guid projectId, AssistantId assistantId, int requestedVersion, CancellationToken cancellationToken)
    {
        if (requestedVersion < 0)
            return AssistantProblems.VersionInvalid;

        var found = await (
            from assistant in db.Assistants
            where assistant.ProjectId == projectId && assistant.Id == assistantId
            from version in db.AssistantVersions.Where(row => row.ProjectId == projectId && row.AssistantId == assistant.Id
                && row.Version == (requestedVersion == 0 ? assistant.LiveVersion : requestedVersion)).DefaultIfEmpty()
            from phone in db.PhoneDeployments.Where(row => row.ProjectId == projectId && row.AssistantId == assistant.Id
                && row.Revision == assistant.LivePhoneRevision).DefaultIfEmpty()
            select new { assistant, version, phone })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);

        if (found is null)
            return AssistantProblems.Unknown;
        if (found.version is null && requestedVersion > 0)
            return AssistantProblems.VersionUnknown(requestedVersion);
        return new ResolvedPhoneCall(found.assistant, found.version, found.phone);
    }
}
