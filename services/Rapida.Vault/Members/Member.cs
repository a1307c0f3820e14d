using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Projects;

namespace Rapida.Vault.Members;

/// <summary>A person who works in a project.</summary>
internal sealed class Member
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    /// <summary>In lower case: one person is one member. Personal.</summary>
    public required string Email { get; init; }

    public required MemberRole Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Reads an id of the wire: what is no id is nobody's.</summary>
    public static Result<Guid> ParseId(string id) => Guid.TryParse(id, out var parsed) ? parsed : MemberProblems.Unknown;

    public static void Map(ModelBuilder model) => model.Entity<Member>(member =>
    {
        member.ToTable("members");
        member.HasIndex(row => new { row.ProjectId, row.Email }).IsUnique();
        member.Property(row => row.Email).HasMaxLength(MemberEmail.MaxLength);
        member.Property(row => row.Role).HasConversion<string>().HasMaxLength(16);
        member.HasOne<Project>().WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
    });
}
