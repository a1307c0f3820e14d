using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>
/// Decides what happens in a call: who has the floor, when it changes hands, and when the call is over. Time is the stream's own, so that the same
/// inputs give the same call: they are journalled, and can be decided on again. Used by the session's loop only.
/// </summary>
internal sealed partial class Conversation(
    CallSettings settings, RelayOptions relay, TurnTakingOptions turnTaking, IEars ears, Assistant assistant, PlayoutLedger ledger,
    SessionJournal journal, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
{
    private readonly EndOfTurn _endOfTurn = new(turnTaking, new CallerPauses(turnTaking));
    private readonly CallerInterrupts _interrupts = new(turnTaking);
    private readonly CallerPressesKeys _keys = new(turnTaking);
    private readonly IdlePrompts _idle = new(settings);
    private readonly MaximumDuration _maximum = new(settings);
    private readonly ConversationHistory _history = new();

    // What the caller said while he had to hear the assistant out.
    private readonly List<ChatMessage> _held = [];
    private RecognitionHint _hint;
    private long _position;
    private int _wordsAwaited;
    private int _misses;
    private bool _isFailing;
    private string? _failure;

    /// <summary>Why the call is to end; null: it goes on.</summary>
    public Departure? Ending { get; private set; }

    /// <summary>The assistant speaks first: its greeting, or what the model makes of an empty conversation or of one that goes on.</summary>
    public void Begin()
    {
        if (settings.Resumption is { } resumption)
            ComeBack(resumption);
        else if (settings.Greeting.Length > 0)
            assistant.Say(settings.Greeting, settings.GreetingInterruptible, thenEnd: null);
        else
            assistant.Answer([], settings.GreetingInterruptible, question: null);
    }

    public void Take(in SessionInput input)
    {
        journal.Took(input);
        switch (input.Kind)
        {
            case InputKind.Heard:
                Hear(input.Frame.Audio.Span);
                break;
            case InputKind.Returned:
                Settle(ledger.Returned(input.Mark));
                break;
            case InputKind.Sent:
                ledger.Sent(input.Frame);
                break;
            case InputKind.Marked:
                ledger.Marked(input.Mark, input.Frame.Turn);
                break;
            case InputKind.Cleared:
                ledger.Cleared(input.Mark);
                break;
            case InputKind.Event:
                Take(input.Event!);
                break;
        }
    }

    /// <summary>The call is over: writes down what is still open.</summary>
    public void End()
    {
        ledger.SettleAll();
        StopAssistant();
        NoteStopped();
    }

    /// <summary>The line stays open until the other side has closed it: what is heard meanwhile is recorded, and decides nothing.</summary>
    public void Linger(in SessionInput input)
    {
        if (input.Kind is not InputKind.Heard)
            return;
        journal.CallerAudio(_position, input.Frame.Audio.Span);
        _position += MulawFrame.Size;
    }

    /// <summary>The line is closed.</summary>
    public void Closed(EndReason reason) => journal.Closed(reason.ToWire(), _position);

    private void ComeBack(Resumption resumption)
    {
        foreach (var message in resumption.History)
            _history.Add(message);
        _history.Add(new ChatMessage(ChatRole.Tool, resumption.Note));
        if (resumption.History.Count > 0)
            assistant.Answer(_history.Snapshot(), isInterruptible: true, question: null);
        else
            assistant.Say(relay.ReturnMessage, isInterruptible: true, thenEnd: null);
    }

    private void Take(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.KeyPressed { Key: var key }:
                Press(key);
                break;
            case SessionEvent.WordsHeard { Utterance: var utterance, Words: var words }:
                _wordsAwaited--;
                if (words.Length > 0)
                    Understand(utterance, words);
                else
                    NotUnderstand(utterance);
                break;
            case SessionEvent.SentenceBegan { Sentence: var sentence }:
                sentence.Turn.Add(sentence);
                break;
            case SessionEvent.SentenceGrew { Sentence: var sentence, Samples: var samples }:
                sentence.Grow(samples);
                break;
            case SessionEvent.SentenceEnded { Sentence: var sentence }:
                sentence.Complete();
                break;
            case SessionEvent.TurnPlanned { Turn: var turn }:
                turn.Planned();
                break;
            case SessionEvent.TokenCame { Turn: var turn, Token: var token } when ReferenceEquals(turn, assistant.Turn):
                TakeToken(token);
                break;
            case SessionEvent.TokenCame { Turn: var turn, Token: var token } when ReferenceEquals(turn, assistant.Draft?.Turn):
                assistant.Draft.Tokens.Add(token);
                break;
            case SessionEvent.ToolsCalled { Turn: var turn } called when ReferenceEquals(turn, assistant.Turn):
                CallTools(called);
                break;
            case SessionEvent.ToolsCalled { Turn: var turn } called when ReferenceEquals(turn, assistant.Draft?.Turn):
                assistant.Draft.ToolsCalled = called;
                break;
            case SessionEvent.ToolsAnswered { Turn: var turn, Results: var results } when ReferenceEquals(turn, assistant.Turn):
                TakeResults(turn, results);
                break;
            case SessionEvent.ProviderFailed { Turn: var turn, Failure: var failure } when turn is null || ReferenceEquals(turn, assistant.Turn):
                Fail(failure);
                break;
            case SessionEvent.ProviderFailed { Turn: var turn } when ReferenceEquals(turn, assistant.Draft?.Turn):
                assistant.Discard();
                break;
            case SessionEvent.StreamEnded { Reason: var reason }:
                Ending = reason;
                break;
        }
    }

    private void Hear(ReadOnlySpan<byte> frame)
    {
        var start = _position;
        var perceived = ears.Hear(frame, ledger);
        journal.Perceived(perceived);
        var isVoice = perceived.IsVoice && !_keys.IsPressing && !_keys.IsToneSounding(start);
        journal.CallerAudio(start, frame);
        _position += MulawFrame.Size;
        Settle(ledger.Advance(_position));

        Notice(_endOfTurn.Push(start, isVoice, perceived.Words, _hint), perceived.Words);
        Judge(_interrupts.Judge(_endOfTurn.Speaking, assistant.Turn, perceived.Words, _position));

        if (_keys.Take(_position) is { } keys)
            TakeKeys(keys);
        if (_maximum.IsReached(_position))
            TimeIsUp();
        else if (_endOfTurn.Speaking is null && _wordsAwaited == 0)
            Wait(_idle.Check(_position));
    }

    private void Notice(VoiceChange change, string words)
    {
        switch (change)
        {
            case VoiceChange.Began:
                CallerBegins(_endOfTurn.Speaking!);
                break;
            case VoiceChange.Paused:
                CallerPauses(words);
                break;
            case VoiceChange.WentOn:
                assistant.Discard();
                break;
            case VoiceChange.Ended:
                CallerEnds(_endOfTurn.Ended!);
                break;
        }
    }

    private void Wait(IdleAction action)
    {
        if (action is IdleAction.None)
            return;

        journal.Decided(action is IdleAction.Prompt ? "idle_prompt" : "idle_hang_up", _position);
        if (action is IdleAction.Prompt)
            assistant.Say(settings.IdleMessage, isInterruptible: true, thenEnd: null);
        else
            Ending = EndReason.Idle;
    }

    private void TimeIsUp()
    {
        journal.Decided("time_is_up", _position);
        _idle.Disarm();
        StopAssistant();
        assistant.Say(relay.TimeIsUpMessage, isInterruptible: false, EndReason.MaxDuration);
    }

    /// <summary>Says the deployment's error message and ends the call; when even that fails, it just ends.</summary>
    private void Fail(SpeechProviderException failure)
    {
        logger.ProviderFailed(failure);
        journal.Decided("provider_failed", _position);
        _idle.Disarm();
        StopAssistant();
        _failure ??= failure.Message;
        var error = new Departure(EndReason.Error, Failure: _failure);
        if (_isFailing || settings.ErrorMessage.Length == 0)
            Ending = error;
        else
            assistant.Say(settings.ErrorMessage, isInterruptible: false, error);
        _isFailing = true;
    }

    /// <summary>Takes the turn away from the assistant.</summary>
    private void StopAssistant()
    {
        NoteStopped();
        if (assistant.Turn is { } turn)
            CutOffTools(turn);
        assistant.Stop();
    }

    private void Settle(PlayoutNews news)
    {
        if (news.IsCleared)
            NoteStopped();
        if (news.Finished is { } turn && assistant.Finish(turn))
            Heard(turn);
    }

    /// <summary>It is known now how much was heard of what the caller cut off: history and transcript hold that, and no more.</summary>
    private void NoteStopped()
    {
        if (assistant.TakeStopped() is { } stopped)
            Note(stopped, isInterrupted: true);
    }

    private void Heard(AssistantTurn turn)
    {
        Note(turn, isInterrupted: false);
        if (turn.ThenEnd is { } reason)
            Ending = reason;
        else if (_held.Count > 0)
            AnswerHeld();
        else
            _idle.Arm(_position);
    }

    private void Note(AssistantTurn turn, bool isInterrupted)
    {
        var words = turn.HeardText();
        foreach (var result in turn.Tools.Results)
            _history.Add(result);
        _history.AddHeard(words);
        if (words.Length > 0)
            journal.AssistantSaid(turn, words, isInterrupted);
    }
}
