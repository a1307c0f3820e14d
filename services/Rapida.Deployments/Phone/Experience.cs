using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

/// <summary>How a call feels: what is said when, and for how long. The defaults are those of the product's guide.</summary>
internal sealed record Experience
{
    public const int MaxText = 2_000;

    public static readonly TimeSpan MinIdleTimeout = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan MaxIdleTimeout = TimeSpan.FromSeconds(120);
    public const int MaxIdleRetries = 5;
    public static readonly TimeSpan ShortestMaxDuration = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestMaxDuration = TimeSpan.FromHours(4);

    private Experience()
    {
    }

    /// <summary>Spoken first. May be empty, and may hold <c>{{variables}}</c>.</summary>
    public required string Greeting { get; init; }

    public required bool GreetingInterruptible { get; init; }

    /// <summary>Spoken when an error ends the call. May be empty.</summary>
    public required string ErrorMessage { get; init; }

    /// <summary>Silence after which an idle caller is asked. Counted from the end of the assistant's playback.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required string IdleMessage { get; init; }

    /// <summary>How often an idle caller is asked before the call ends.</summary>
    public required int IdleRetries { get; init; }

    public required TimeSpan MaxDuration { get; init; }

    public static Result<Experience> Parse(PhoneSettings settings)
    {
        foreach (var (field, text) in new[]
                 {
                     ("greeting", settings.Greeting), ("error_message", settings.ErrorMessage), ("idle_message", settings.IdleMessage),
                 })
        {
            if (text?.Length > MaxText || text?.Contains('\0', StringComparison.Ordinal) is true)
                return PhoneProblems.TextInvalid(field);
        }

        var idleTimeout = settings.IdleTimeoutSeconds ?? 30;
        if (!(idleTimeout >= MinIdleTimeout.TotalSeconds && idleTimeout <= MaxIdleTimeout.TotalSeconds))
            return PhoneProblems.IdleTimeoutOutOfRange;
        if (settings.IdleRetries is < 0 or > MaxIdleRetries)
            return PhoneProblems.IdleRetriesOutOfRange;
        var maxDuration = settings.MaxDurationSeconds ?? 300;
        if (!(maxDuration >= ShortestMaxDuration.TotalSeconds && maxDuration <= LongestMaxDuration.TotalSeconds))
            return PhoneProblems.MaxDurationOutOfRange;

        return new Experience
        {
            Greeting = settings.Greeting ?? "",
            GreetingInterruptible = settings.GreetingInterruptible ?? true,
            ErrorMessage = settings.ErrorMessage ?? "",
            IdleTimeout = TimeSpan.FromSeconds(idleTimeout),
            IdleMessage = settings.IdleMessage ?? "Are you there?",
            IdleRetries = settings.IdleRetries ?? 2,
            MaxDuration = TimeSpan.FromSeconds(maxDuration),
        };
    }
}
