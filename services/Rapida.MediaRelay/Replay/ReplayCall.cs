using Rapida.MediaRelay.Settings;
using Kind = Rapida.Conversations.V1.SessionInput.InputOneofCase;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Replay;

/// <summary>What a session has decided again.</summary>
internal sealed record Replayed(IReadOnlyList<Outcome> Decisions, IReadOnlyList<Outcome> Turns, TimeSpan Length)
{
    public static Replayed Of(ReplayedSession session) => new(
        [.. session.Told.Select(Outcome.Of).OfType<Outcome>()],
        [.. session.Told.Where(entry => entry.Turn is not null).Select(entry => Outcome.Of(entry.Turn))],
        Playout.StreamTime.ToTime(session.Position));
}

/// <summary>Has a session decide again from what it decided from: the same inputs in the same order give the same decisions.</summary>
internal static class ReplayCall
{
    public static async Task<Replayed> RunAsync(RecordedAttempt attempt)
    {
        await using var session = new ReplayedSession(DecisionSettings.Parse(attempt.SettingsJson, new Dictionary<string, string>()));
        Run(attempt, session, _ => { });
        return Replayed.Of(session);
    }

    /// <param name="attempt">What to replay.</param>
    /// <param name="session">What decides.</param>
    /// <param name="onInput">Told of each input before the session takes it.</param>
    public static void Run(RecordedAttempt attempt, ReplayedSession session, Action<Wire.SessionInput> onInput)
    {
        session.Begin();
        foreach (var input in attempt.Inputs)
        {
            if (session.IsOver)
                break;
            if (input.InputCase is Kind.PartialWords)
                session.Ears.Next = session.Ears.Next with { Words = input.PartialWords };
            onInput(input);
            Take(input, session);
        }

        session.End();
    }

    public static void Take(Wire.SessionInput input, ReplayedSession session)
    {
        if (input.InputCase is Kind.Heard)
        {
            for (var i = 0; i < input.Heard.Count && !session.IsOver; i++)
                session.Hear(session.Ears.Next with { IsVoice = (input.Heard.Voiced >> i & 1) == 1 });
        }
        else if (input.InputCase is Kind.Sent)
        {
            foreach (var frame in RestoredInput.Frames(input.Sent, session))
                session.Take(frame);
        }
        else if (RestoredInput.Of(input, session) is { } restored)
            session.Take(restored);
    }
}
