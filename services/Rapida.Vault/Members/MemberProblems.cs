using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Members;

/// <summary>The error catalogue of members.</summary>
internal static class MemberProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "member_unknown", "There is no such member in this project.");

    public static readonly Problem EmailInvalid = new(
        ProblemKind.Invalid, "email_invalid", "email is one address without a name, such as ann@example.com.");

    public static readonly Problem RoleInvalid = new(ProblemKind.Invalid, "role_invalid", "role is viewer, operator or admin.");

    public static readonly Problem IsMember = new(
        ProblemKind.Conflict, "member_exists", "This person is a member already: change the role instead.");

    public static readonly Problem LastAdmin = new(
        ProblemKind.Conflict, "last_admin", "This is the project's last admin: make another member admin first.");
}
