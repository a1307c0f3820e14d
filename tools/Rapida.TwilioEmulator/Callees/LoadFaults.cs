namespace Rapida.TwilioEmulator.Callees;

/// <summary>Who answers, and what goes wrong, at all numbers that were not described: by chance, but the same for the same seed and number.</summary>
internal sealed record LoadFaults(int Seed)
{
    /// <summary>Probabilities for each callback.</summary>
    public double Lost { get; init; }
    public double Twice { get; init; }
    public double Late { get; init; }
    public double Reordered { get; init; }

    public TimeSpan MostLate { get; init; }

    /// <summary>Probabilities for each creation; at most one of them happens.</summary>
    public double RateLimited { get; init; }
    public double LostAnswer { get; init; }
    public double ErrorAfter { get; init; }
    public double ErrorBefore { get; init; }

    public (TimeSpan Least, TimeSpan Most) Ring { get; init; }

    public (TimeSpan Least, TimeSpan Most) Stay { get; init; }

    /// <summary>How often each outcome comes, in proportion to the others.</summary>
    public IReadOnlyDictionary<CalleeOutcome, double> Outcomes { get; init; } = new Dictionary<CalleeOutcome, double>();

    public bool HasMedia { get; init; }

    /// <summary>Whoever is met at a number.</summary>
    /// <param name="number">In E.164.</param>
    /// <param name="attempt">From 1: who was refused once is not refused for ever.</param>
    public Callee At(string number, int attempt)
    {
        var draw = new Draw(Seed, number);
        var stays = draw.Between("stay", Stay.Least, Stay.Most);
        var quiet = Callee.Quiet.Character;
        return new Callee(Outcome(draw), draw.Between("ring", Ring.Least, Ring.Most))
        {
            Stays = stays,
            Character = quiet with { Manners = quiet.Manners with { HangUpAfter = stays } },
            HasMedia = HasMedia,
            Rest = new RestBehaviour(Rest(draw.Of($"rest {attempt}")), 0, null),
            Callbacks = new CallbackFaults(Enum.GetValues<ProgressEvent>().ToDictionary(e => e, e => Fate(draw, e))),
        };
    }

    private CalleeOutcome Outcome(Draw draw)
    {
        var left = draw.Of("outcome") * Outcomes.Values.Sum();
        foreach (var (outcome, weight) in Outcomes.OrderBy(o => o.Key))
        {
            if ((left -= weight) < 0)
                return outcome;
        }
        return CalleeOutcome.Answered;
    }

    private RestAnswer Rest(double draw)
    {
        foreach (var (answer, probability) in ((RestAnswer, double)[])
            [
                (RestAnswer.RateLimited, RateLimited), (RestAnswer.LostAnswer, LostAnswer), (RestAnswer.ErrorAfter, ErrorAfter),
                (RestAnswer.ErrorBefore, ErrorBefore),
            ])
        {
            if ((draw -= probability) < 0)
                return answer;
        }
        return RestAnswer.Created;
    }

    private CallbackFate Fate(Draw draw, ProgressEvent progress) => new(
        draw.Happens($"{progress} lost", Lost),
        draw.Happens($"{progress} twice", Twice),
        draw.Happens($"{progress} reordered", Reordered),
        draw.Happens($"{progress} late", Late) ? draw.Between($"{progress} how late", TimeSpan.Zero, MostLate) : TimeSpan.Zero);
}
