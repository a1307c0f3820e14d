using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Kind = Rapida.Conversations.V1.SessionInput.InputOneofCase;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Replay;

/// <summary>
/// Has a session with other settings decide on the same caller. What followed from a turn of the assistant's follows as long after it as it did; what was
/// cut off then and is not now is heard out; a turn without a counterpart in the record takes no time.
/// </summary>
internal sealed class WhatIf
{
    // To the carrier and back.
    private const long RoundTrip = 2 * MulawFrame.Size;

    // Of marks that the record does not have.
    private const int NoGeneration = -1;

    private readonly RecordedCourse _course;
    private readonly ReplayedSession _session;
    private readonly List<Turn> _turns = [];
    private readonly PriorityQueue<SessionInput, (long At, int Index)> _later = new();
    private int _marks;

    private WhatIf(RecordedCourse course, ReplayedSession session)
    {
        (_course, _session) = (course, session);
        session.OnTurn = turn => _turns.Add(new Turn(turn, course.Assistant.GetValueOrDefault(turn.Number) ?? new(), session.Position));
        session.Ears.OnFinished = Recognise;
    }

    /// <returns>What was decided, and what would have been.</returns>
    public static async Task<(Replayed Before, Replayed After)> RunAsync(RecordedAttempt attempt, DecisionSettings settings)
    {
        var course = await RecordedCourse.OfAsync(attempt);
        await using var session = new ReplayedSession(settings);
        new WhatIf(course, session).Run();
        return (course.Replayed, Replayed.Of(session));
    }

    private void Run()
    {
        _session.Begin();
        foreach (var heard in _course.Heard)
        {
            TakeDue();
            if (_session.IsOver)
                break;
            _session.Hear(heard);
            Clear();
        }

        TakeDue();
        _session.End();
    }

    private void TakeDue()
    {
        while (!_session.IsOver && NextDue() is { } take)
        {
            take();
            Clear();
        }

        foreach (var turn in _turns.Where(turn => turn.Assistant.Generation == _session.Playout.Generation).ToList())
        {
            if (turn.Next is { } next && turn.BeganAt + next.After <= _session.Position)
                // It is kept back for longer than it was.
                turn.BeganAt += MulawFrame.Size;
            else if (turn.Next is null && _session.IsSpeaking(turn.Assistant) && !_session.Playout.IsHeld && !_session.IsOver)
                HearOut(turn);
        }
    }

    /// <summary>Of all that is due what came first in the record; null: nothing.</summary>
    private Action? NextDue()
    {
        var (first, take) = (int.MaxValue, default(Action));
        if (_course.Caller.TryPeek(out var pressed) && pressed.After <= _session.Position)
            (first, take) = (pressed.Index, () => ReplayCall.Take(_course.Caller.Dequeue().Input, _session));
        if (_later.TryPeek(out _, out var due) && due.At <= _session.Position && due.Index < first)
            (first, take) = (due.Index, () => _session.Take(_later.Dequeue()));
        foreach (var turn in _turns)
            if (IsDue(turn, out var next) && next.Index < first)
                (first, take) = (next.Index, () => ReplayCall.Take(turn.Take(), _session));
        return take;
    }

    // A draft is not heard.
    private bool IsDue(Turn turn, out TimedInput next)
    {
        next = turn.Next ?? default;
        return turn.Next is not null && turn.Assistant.Generation == _session.Playout.Generation && turn.BeganAt + next.After <= _session.Position
            && (next.Input.InputCase is not (Kind.Sent or Kind.Marked or Kind.Returned) || _session.IsSpeaking(turn.Assistant));
    }

    /// <summary>The record has no more of it.</summary>
    private void HearOut(Turn turn)
    {
        if (turn.TakeRest() is { } sentence)
            _session.Take(new SessionInput { Kind = InputKind.Sent, Frame = { Sentence = sentence, Turn = turn.Assistant, IsAudible = true } });
        else if (!turn.HasEnded)
        {
            turn.HasEnded = true;
            _session.Take(new SessionInput { Kind = InputKind.Event, Event = new SessionEvent.TurnPlanned(turn.Assistant) });
            Mark(InputKind.Marked, turn.Assistant);
        }
    }

    /// <summary>The decision to clear is carried out at once.</summary>
    private void Clear()
    {
        if (_session.Playout.TakeClear(out _))
            Mark(InputKind.Cleared, ended: null);
    }

    private void Mark(InputKind kind, AssistantTurn? ended)
    {
        var mark = new Mark(NoGeneration, ++_marks);
        _session.Take(new SessionInput { Kind = kind, Mark = mark, Frame = { Turn = ended! } });
        Later(new SessionInput { Kind = InputKind.Returned, Mark = mark }, RoundTrip);
    }

    /// <summary>The words are those that were recognised in it, or, if it ends in the middle of what was one utterance, what there was of them by then.</summary>
    private void Recognise(Utterance utterance)
    {
        var recorded = _course.Words.Where(said => said.Utterance.BeganAt < utterance.VoicedUntil && said.Utterance.VoicedUntil > utterance.BeganAt).ToList();
        var isWhole = recorded.Count > 0 && recorded[^1].Utterance.VoicedUntil <= utterance.VoicedUntil;
        var words = isWhole
            ? string.Join(' ', recorded.Select(said => said.Final.Input.Words.Words).Where(text => text.Length > 0))
            : _session.Ears.Next.Words;
        var heard = new SessionInput { Kind = InputKind.Event, Event = new SessionEvent.WordsHeard(utterance, words) };
        if (isWhole)
            Later(heard, recorded[^1].Final.After, recorded[^1].Final.Index);
        else
            Later(heard, RoundTrip);
    }

    private void Later(in SessionInput input, long samples, int index = 0) => _later.Enqueue(input, (_session.Position + samples, index));

    /// <summary>A turn of the session, and what is left of what followed from it in the record.</summary>
    private sealed class Turn(AssistantTurn assistant, Queue<TimedInput> inputs, long beganAt)
    {
        // By sentence: what there is of it, less what was sent.
        private readonly Dictionary<int, int> _rest = [];

        public AssistantTurn Assistant => assistant;

        public long BeganAt { get; set; } = beganAt;

        /// <summary>A mark has told its end.</summary>
        public bool HasEnded { get; set; }

        public TimedInput? Next => inputs.TryPeek(out var next) ? next : null;

        public Wire.SessionInput Take()
        {
            var input = inputs.Dequeue().Input;
            HasEnded |= input.Marked is { EndedTurn: > 0 };
            if (input.SentenceGrew is { } grew)
                _rest[grew.Sentence] = _rest.GetValueOrDefault(grew.Sentence) + grew.Samples;
            if (input.Sent is { Sentence: > 0, Repeated: false } sent)
                _rest[sent.Sentence] = _rest.GetValueOrDefault(sent.Sentence) - (sent.Count * MulawFrame.Size);
            return input;
        }

        /// <summary>The sentence of which 20 ms more are to be sent; null: all of it was.</summary>
        public Sentence? TakeRest()
        {
            foreach (var (number, samples) in _rest.OrderBy(rest => rest.Key))
            {
                if (samples < MulawFrame.Size)
                    continue;
                _rest[number] = samples - MulawFrame.Size;
                return assistant.Sentences[number - 1];
            }

            return null;
        }
    }
}
