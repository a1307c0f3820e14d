namespace Rapida.TwilioEmulator.Caller;

/// <summary>Somebody who can hold a telephone more than once: the same each time.</summary>
/// <param name="Script">What is said, unless there are cues.</param>
/// <param name="Cues">The score; empty for everybody else.</param>
/// <param name="Manners">How they talk.</param>
internal sealed record Character(CallerScript Script, IReadOnlyList<Cue> Cues, CallerManners Manners)
{
    public ICaller PickUp() => Cues.Count > 0 ? new ScoredCaller(Cues, Manners) : new SimulatedCaller(Script, Manners);
}
