using Google.Protobuf.WellKnownTypes;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>What one call has otherwise than its deployment. Null: the same. The ranges are those of a deployment.</summary>
internal sealed record CallOverrides(string? Greeting, string? IdleMessage, double? IdleTimeoutSeconds, int? IdleRetries, double? MaxDurationSeconds)
{
    private const int MaxText = 2_000;

    public static Result<CallOverrides> Parse(CallOptionsBody? body) => body switch
    {
        null => new CallOverrides(null, null, null, null, null),
        _ when !IsText(body.Greeting) || !IsText(body.IdleMessage) => PlaceCallProblems.OptionTextInvalid,
        { IdleTimeoutSeconds: not null and not (>= 15 and <= 120) } => PlaceCallProblems.IdleTimeoutOutOfRange,
        { IdleRetries: < 0 or > 5 } => PlaceCallProblems.IdleRetriesOutOfRange,
        { MaxDurationSeconds: not null and not (>= 30 and <= 14_400) } => PlaceCallProblems.MaxDurationOutOfRange,
        _ => new CallOverrides(body.Greeting, body.IdleMessage, body.IdleTimeoutSeconds, body.IdleRetries, body.MaxDurationSeconds),
    };

    public void ApplyTo(Experience experience)
    {
        experience.Greeting = Greeting ?? experience.Greeting;
        experience.IdleMessage = IdleMessage ?? experience.IdleMessage;
        experience.IdleRetries = IdleRetries ?? experience.IdleRetries;
        if (IdleTimeoutSeconds is { } idle)
            experience.IdleTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(idle));
        if (MaxDurationSeconds is { } most)
            experience.MaxDuration = Duration.FromTimeSpan(TimeSpan.FromSeconds(most));
    }

    private static bool IsText(string? text) => text is null || (text.Length <= MaxText && !text.Contains('\0', StringComparison.Ordinal));
}
