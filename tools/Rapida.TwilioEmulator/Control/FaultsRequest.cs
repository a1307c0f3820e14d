using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Chance for all numbers that were not described. Probabilities are from 0 to 1, ranges are [least, most].</summary>
internal sealed record FaultsRequest
{
    public int Seed { get; init; } = 1;
    public double Lost { get; init; }
    public double Twice { get; init; }
    public double Late { get; init; }
    public int LateMs { get; init; } = 3_000;
    public double Reordered { get; init; }
    public double RateLimited { get; init; }
    public double LostAnswer { get; init; }
    public double ErrorAfter { get; init; }
    public double ErrorBefore { get; init; }
    public IReadOnlyList<int> RingMs { get; init; } = [100, 800];
    public IReadOnlyList<int> StayMs { get; init; } = [200, 1_500];

    /// <summary>How often each outcome comes, in proportion to the others; without any, all answer.</summary>
    public IReadOnlyDictionary<CalleeOutcome, double> Outcomes { get; init; } = new Dictionary<CalleeOutcome, double>();

    /// <summary>True: documents are carried out, and calls are heard. A thousand at once are too many for that.</summary>
    public bool Media { get; init; }

    /// <exception cref="InvalidCallException">A number is out of range.</exception>
    public LoadFaults ToFaults()
    {
        double[] callbacks = [Lost, Twice, Late, Reordered];
        double[] answers = [RateLimited, LostAnswer, ErrorAfter, ErrorBefore];
        if (callbacks.Concat(answers).Any(p => p is not (>= 0 and <= 1)) || answers.Sum() > 1 || Outcomes.Values.Any(w => w is not >= 0) || LateMs < 0)
        {
            throw new InvalidCallException(
                "invalid_faults", "Probabilities are from 0 to 1, those of the REST answers together too; outcomes and late_ms count from 0.");
        }
        return new LoadFaults(Seed)
        {
            Lost = Lost,
            Twice = Twice,
            Late = Late,
            MostLate = TimeSpan.FromMilliseconds(LateMs),
            Reordered = Reordered,
            RateLimited = RateLimited,
            LostAnswer = LostAnswer,
            ErrorAfter = ErrorAfter,
            ErrorBefore = ErrorBefore,
            Ring = Range(RingMs),
            Stay = Range(StayMs),
            Outcomes = Outcomes,
            HasMedia = Media,
        };
    }

    private static (TimeSpan Least, TimeSpan Most) Range(IReadOnlyList<int> range) => range is [>= 0 and var least, var most] && most >= least
        ? (TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(most))
        : throw new InvalidCallException("invalid_faults", "ring_ms and stay_ms are ranges such as [100, 800].");
}
