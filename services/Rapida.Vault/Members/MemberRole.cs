namespace Rapida.Vault.Members;

/// <summary>What a person may do in a project. Each may do what the ones before it may.</summary>
internal enum MemberRole
{
    /// <summary>Sees calls, conversations and settings.</summary>
    Viewer,

    /// <summary>Changes assistants, deployments and credentials, and places calls.</summary>
    Operator,

    /// <summary>Says who else is in, and makes API keys.</summary>
    Admin,
}

/// <summary>The words of the roles.</summary>
internal static class MemberRoles
{
    /// <summary>Null for a word that is no role.</summary>
    public static MemberRole? Parse(string? word) => word switch
    {
        "viewer" => MemberRole.Viewer,
        "operator" => MemberRole.Operator,
        "admin" => MemberRole.Admin,
        _ => null,
    };

    public static string Word(this MemberRole role) => role switch
    {
        MemberRole.Viewer => "viewer",
        MemberRole.Operator => "operator",
        MemberRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
