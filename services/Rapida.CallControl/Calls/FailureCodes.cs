namespace Rapida.CallControl.Calls;

/// <summary>Why a call could not be held, as its row, its outcome and the tenant's diagnostics say.</summary>
internal static class FailureCodes
{
    public const string StreamNeverStarted = "stream_never_started";
    public const string StreamLost = "stream_lost";

    /// <summary>The project holds as many calls as it may.</summary>
    public const string NoPlace = "too_many_calls";

    /// <summary>Too many of the project's calls have begun within a moment.</summary>
    public const string TooFast = "too_many_calls_per_second";

    private const string MissingPrefix = "missing_";

    /// <summary>The assistant or its deployment lacks something: <c>missing_version</c>.</summary>
    public static string Missing(string what) => MissingPrefix + what;

    /// <summary>The call was not even answered: it found no room.</summary>
    public static bool IsWantOfRoom(string? code) => code is NoPlace or TooFast;

    /// <summary>Whether the tenant can set it right.</summary>
    public static bool IsTenants(string code) => IsWantOfRoom(code) || code.StartsWith(MissingPrefix, StringComparison.Ordinal);
}
