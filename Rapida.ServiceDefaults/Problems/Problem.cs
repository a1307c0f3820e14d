namespace Rapida.ServiceDefaults.Problems;

/// <summary>What a caller can do about a problem.</summary>
public enum ProblemKind
{
    /// <summary>Change the request.</summary>
    Invalid,

    /// <summary>It does not exist, or is not yours.</summary>
    NotFound,

    /// <summary>Its present state does not allow it.</summary>
    Conflict,

    /// <summary>You may not.</summary>
    Forbidden,

    /// <summary>There is no room for it now.</summary>
    TooMany,

    /// <summary>Try again later.</summary>
    Unavailable,
}

/// <summary>A failure that a caller is expected to handle.</summary>
/// <param name="Kind">What can be done about it.</param>
/// <param name="Code">Stable, snake_case: API.</param>
/// <param name="Detail">A sentence that says what to change: prose.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Detail);
