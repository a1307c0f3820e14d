namespace Rapida.Client;

/// <summary>A person of the project.</summary>
public sealed record Member
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    /// <summary><c>viewer</c> sees, <c>operator</c> changes too, <c>admin</c> says who is in as well.</summary>
    public required string Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Without the address: it ends in logs.</summary>
    public override string ToString() => $"Member {Id} ({Role})";
}

/// <summary>A person who is to be let in.</summary>
public sealed record AddMember
{
    /// <summary>One address without a name.</summary>
    public required string Email { get; init; }

    /// <summary><c>viewer</c>, <c>operator</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Without the address: it ends in logs.</summary>
    public override string ToString() => $"AddMember ({Role})";
}

internal sealed record ChangeRole(string Role);

internal sealed record MemberList
{
    public required IReadOnlyList<Member> Members { get; init; }

    public string? NextPageToken { get; init; }
}
