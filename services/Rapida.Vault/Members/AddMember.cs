using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Members;

/// <summary>Lets a person into a project.</summary>
internal sealed class AddMember(VaultDbContext db, TimeProvider clock, ILogger<AddMember> logger)
{
    public async Task<Result<Member>> ExecuteAsync(Guid projectId, string? email, string? role, CancellationToken cancellationToken)
    {
        if (MemberEmail.Parse(email) is not { } address)
            return MemberProblems.EmailInvalid;
        if (MemberRoles.Parse(role) is not { } parsed)
            return MemberProblems.RoleInvalid;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockProjectAsync(projectId, cancellationToken);
        if (await db.Members.AnyAsync(row => row.ProjectId == projectId && row.Email == address, cancellationToken))
            return MemberProblems.IsMember;

        var now = clock.GetUtcNow();
        var member = new Member { Id = Guid.CreateVersion7(now), ProjectId = projectId, Email = address, Role = parsed, CreatedAt = now };
        db.Members.Add(member);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.MemberAdded(member.Id, parsed);
        return member;
    }
}
