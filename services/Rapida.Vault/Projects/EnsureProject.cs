using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.Projects;

/// <summary>Makes a project and its organisation where they are missing; the second time it changes nothing.</summary>
internal sealed class EnsureProject(VaultDbContext db, TimeProvider clock)
{
    public async Task ExecuteAsync(Guid projectId, string organisationName, string projectName, CancellationToken cancellationToken)
    {
        if (await db.Projects.AnyAsync(project => project.Id == projectId, cancellationToken))
            return;

        var now = clock.GetUtcNow();
        var organisation = new Organisation { Id = Guid.CreateVersion7(now), Name = organisationName, CreatedAt = now };
        db.Organisations.Add(organisation);
        db.Projects.Add(new() { Id = projectId, OrganisationId = organisation.Id, Name = projectName, CreatedAt = now });
        await db.SaveChangesAsync(cancellationToken);
    }
}
