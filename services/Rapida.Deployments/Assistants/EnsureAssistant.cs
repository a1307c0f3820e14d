using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Phone;

namespace Rapida.Deployments.Assistants;

/// <summary>
/// Makes an assistant under an id that is known beforehand, with a first version, which has no tools, and a phone deployment, as far as they are
/// missing. The second time it changes nothing, also where somebody has saved something else since.
/// </summary>
internal sealed class EnsureAssistant(
    DeploymentsDbContext db, SaveVersion saveVersion, SavePhoneDeployment savePhoneDeployment, TimeProvider clock)
{
    public async Task ExecuteAsync(
        string name, CreateVersionCommand version, SavePhoneDeploymentCommand phone, CancellationToken cancellationToken)
    {
        var (projectId, id) = (version.ProjectId, version.AssistantId);
        var assistant = await db.Assistants.SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken);
        if (assistant is null)
        {
            assistant = Assistant.Create(projectId, id, name, clock.GetUtcNow());
            db.Assistants.Add(assistant);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (assistant.LiveVersion == 0)
            (await saveVersion.ExecuteAsync(version, tools: [], cancellationToken)).ValueOrThrow();
        if (assistant.LivePhoneRevision == 0)
            (await savePhoneDeployment.ExecuteAsync(phone, cancellationToken)).ValueOrThrow();
    }
}
