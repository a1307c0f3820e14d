using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Members;

/// <summary>Takes a person out of a project. The address is forgotten.</summary>
internal sealed class RemoveMember(VaultDbContext db, ILogger<RemoveMember> logger)
{
    /// <summary>Null when it is done.</summary>
    public async Task<Problem?> ExecuteAsync(Guid projectId, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockProjectAsync(projectId, cancellationToken);
        if (await db.Members.SingleOrDefaultAsync(row => row.ProjectId == projectId && row.Id == id, cancellationToken) is not { } member)
            return MemberProblems.Unknown;
        if (await db.IsLastAdminAsync(member, cancellationToken))
            return MemberProblems.LastAdmin;

        db.Members.Remove(member);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.MemberRemoved(id);
        return null;
    }
}
