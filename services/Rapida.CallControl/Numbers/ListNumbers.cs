using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Numbers;

/// <summary>The numbers of a Twilio account, and which of this project's assistants their calls go to.</summary>
internal sealed class ListNumbers(
    TwilioAccounts accounts, TwilioNumberBook book, PublicUrls urls, Deployments.V1.Deployments.DeploymentsClient deployments)
{
    public async Task<Result<List<NumberView>>> ExecuteAsync(Guid projectId, string credentialId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(credentialId, out var id) || await accounts.FindAccountAsync(projectId, id, "list-numbers", cancellationToken) is not { } account)
            return CallProblems.CredentialUnknown;
        if (!(await book.ListAsync(account, cancellationToken)).TryGet(out var numbers, out var problem))
            return problem;

        var answer = await deployments.ListAssistantsAsync(new() { ProjectId = projectId.ToString() }, cancellationToken: cancellationToken);
        var ours = answer.Assistants.Select(assistant => assistant.Id).ToHashSet(StringComparer.Ordinal);
        return numbers.ConvertAll(number =>
            NumberView.Of(number, urls.AssistantIn(number.VoiceUrl) is { } named && ours.Contains(named) ? named : null));
    }
}
