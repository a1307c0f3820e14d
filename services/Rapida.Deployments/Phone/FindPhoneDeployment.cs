using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Assistants;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

internal sealed class FindPhoneDeployment(DeploymentsDbContext db)
{
    /// <summary>The live one.</summary>
    public async Task<Result<PhoneDeployment>> GetAsync(Guid projectId, AssistantId assistantId, CancellationToken cancellationToken)
    {
        var phone = await db.PhoneDeployments.AsNoTracking()
            .Where(row => row.ProjectId == projectId && row.AssistantId == assistantId)
            .OrderByDescending(row => row.Revision)
            .FirstOrDefaultAsync(cancellationToken);
        if (phone is not null)
            return phone;

        return await db.Assistants.AnyAsync(row => row.ProjectId == projectId && row.Id == assistantId, cancellationToken)
            ? PhoneProblems.NotDeployed
            : AssistantProblems.Unknown;
    }
}
