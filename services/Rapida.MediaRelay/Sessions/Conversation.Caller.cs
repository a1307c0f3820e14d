using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What the caller does: begins, interrupts, finishes, is understood or not, presses keys.</summary>
internal sealed partial class Conversation
{
    private void CallerBegins(Utterance utterance)
    {
        utterance.SpokenOver = assistant.Turn;
        ears.Begin(_hint);
    }

    /// <summary>He has probably finished: the answer is thought of now, so that it is there when that is certain.</summary>
    private void CallerPauses(string words)
    {
        if (words.Length > 0 && assistant.Turn is null && _held.Count == 0)
            assistant.ThinkAhead([.. _history.Snapshot(), ChatMessage.FromCaller(words)], words);
    }

    private void CallerEnds(Utterance utterance)
    {
        journal.Decided("end_of_turn", _position, ("voiced_ms", StreamTime.ToMilliseconds(utterance.Voiced)));
        utterance.DecidedAt = clock.GetTimestamp();
        utterance.VoiceAt = utterance.DecidedAt - (_position - utterance.VoicedUntil) * clock.TimestampFrequency / StreamTime.SampleRate;
        _wordsAwaited++;
        ears.Finish(utterance, cancellationToken);
    }

    private void Judge(Interruption interruption)
    {
        if (interruption is Interruption.None)
            return;

        var utterance = _endOfTurn.Speaking!;
        journal.Decided(interruption.ToDecision(), _position, ("voiced_ms", StreamTime.ToMilliseconds(utterance.Voiced)));
        switch (interruption)
        {
            case Interruption.Suspected:
                assistant.Hold();
                break;
            case Interruption.Refused:
                assistant.Resume();
                break;
            case Interruption.Confirmed:
                RelayMetrics.Interruptions.Add(1);
                utterance.Interrupted = assistant.Turn;
                StopAssistant();
                break;
        }
    }

    private void Understand(Utterance utterance, string words)
    {
        var turn = assistant.Turn;
        if (turn is { IsInterruptible: true } && IsSpokenOver(utterance, turn) && WhyNoAnswer(utterance, turn, words) is { } kind)
        {
            journal.Decided(kind, _position);
            assistant.Resume();
            return;
        }

        journal.CallerSaid(utterance.BeganAt, utterance.VoicedUntil, words);
        Reply(ChatMessage.FromCaller(words), new(utterance.VoicedUntil, utterance.VoiceAt, utterance.DecidedAt, clock.GetTimestamp()));
    }

    // Before anything was heard, he was going on.
    private static bool IsSpokenOver(Utterance utterance, AssistantTurn turn) =>
        ReferenceEquals(utterance.SpokenOver, turn) && turn.AudibleFrom < utterance.VoicedUntil;

    /// <summary>What words are that want no answer. To a question that was heard "yes" is one.</summary>
    private string? WhyNoAnswer(Utterance utterance, AssistantTurn turn, string words)
    {
        var heard = turn.HeardText();
        if (_hint is RecognitionHint.YesOrNo || heard.Contains('?', StringComparison.Ordinal))
            return null;
        if (!Backchannel.IsExceededBy(words))
            return "backchannel";
        if (OwnWords.Are(words, heard))
            return "own_words";
        // A recogniser makes words of a cough too.
        return _interrupts.IsTooShort(utterance) ? "too_short" : null;
    }

    private void NotUnderstand(Utterance utterance)
    {
        assistant.Discard();
        journal.Decided("no_words", _position, ("voiced_ms", StreamTime.ToMilliseconds(utterance.Voiced)));
        if (_endOfTurn.Speaking is null)
            assistant.Resume();
        if (assistant.Turn is not null || _endOfTurn.Speaking is not null)
            return;

        if (utterance.Interrupted is { } interrupted)
            GoOn(interrupted);
        else if (++_misses >= 2)
        {
            _misses = 0;
            _idle.Disarm();
            assistant.Say(relay.NotUnderstoodMessage, isInterruptible: true, thenEnd: null);
        }
    }

    /// <summary>What cut the assistant off was no speech after all: it says the rest, from the sentence in which it was cut off.</summary>
    private void GoOn(AssistantTurn interrupted)
    {
        NoteStopped();
        if (interrupted is { IsAnswer: true, IsPlanned: false })
            assistant.Answer(_history.Snapshot(), interrupted.IsInterruptible, interrupted.Question);
        else if (interrupted.UnheardText() is { Length: > 0 } rest)
            assistant.Say(rest, interrupted.IsInterruptible, interrupted.ThenEnd);
        else if (interrupted.ThenEnd is { } reason)
            Ending = reason;
        else
            _idle.Arm(_position);
    }

    private void Press(char key)
    {
        _keys.Press(key, _position);
        if (_endOfTurn.Speaking is not null)
        {
            // It was the key's tone.
            _endOfTurn.Forget();
            ears.Forget();
        }

        if (assistant.Turn is { IsInterruptible: true })
            StopAssistant();
    }

    private void TakeKeys(string keys)
    {
        journal.CallerPressed(_position, Keypad.Prefix + keys);
        var now = clock.GetTimestamp();
        Reply(ChatMessage.FromKeypad(keys), new(_position, now, now, now));
    }

    private void Reply(ChatMessage message, Question question)
    {
        _misses = 0;
        _idle.WordsCame();
        _held.Add(message);
        if (assistant.Turn is { IsInterruptible: false })
            return;

        if (assistant.Draft is { } draft && _held.Count == 1 && message == ChatMessage.FromCaller(draft.Words))
        {
            Say(draft, question);
            return;
        }

        StopAssistant();
        AnswerHeld(question);
    }

    private void Say(Draft draft, Question question)
    {
        journal.Decided("thought_ahead", _position);
        Remember();
        foreach (var token in assistant.Adopt(draft, question))
            TakeToken(token);
        if (draft.ToolsCalled is { } called)
            CallTools(called);
    }

    private void AnswerHeld(Question? question = null)
    {
        Remember();
        assistant.Answer(_history.Snapshot(), isInterruptible: true, question);
    }

    private void Remember()
    {
        NoteStopped();
        foreach (var message in _held)
            _history.Add(message);
        _held.Clear();
        (_hint, _keys.Expected) = (RecognitionHint.Anything, null);
    }

    private void TakeToken(LanguageModelToken token)
    {
        switch (token)
        {
            case LanguageModelToken.Expecting { Hint: var hint, Keys: var keys }:
                (_hint, _keys.Expected) = (hint, keys);
                break;
            case LanguageModelToken.Collected { Slots: var slots }:
                journal.Collected(slots);
                break;
        }
    }
}
