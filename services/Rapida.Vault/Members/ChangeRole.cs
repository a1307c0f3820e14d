using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Members;

/// <summary>Gives a member another role. A project keeps one admin at least, or nobody could let anybody in.</summary>
internal sealed class ChangeRole(VaultDbContext db, ILogger<ChangeRole> logger)
{
    public async Task<Result<Member>> ExecuteAsync(Guid projectId, Guid id, string? role, CancellationToken cancellationToken)
    {
        if (MemberRoles.Parse(role) is not { } parsed)
            return MemberProblems.RoleInvalid;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockProjectAsync(projectId, cancellationToken);
        if (await db.Members.SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken) is not { } member)
            return MemberProblems.Unknown;
        if (parsed != MemberRole.Admin && await db.IsLastAdminAsync(member, cancellationToken))
            return MemberProblems.LastAdmin;

        member.Role = parsed;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.RoleChanged(id, parsed);
        return member;
    }
}
