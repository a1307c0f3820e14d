using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tools;
using Conversation = Rapida.MediaRelay.Sessions.Conversation;
using SessionInput = Rapida.MediaRelay.Sessions.SessionInput;

namespace Rapida.MediaRelay.Replay;

/// <summary>A session that is given its inputs again, in virtual time: the conversation is the real one, and around it is nobody.</summary>
internal sealed class ReplayedSession : IJournalSink, IAsyncDisposable
{
    private readonly StreamClock _clock = new();
    private readonly FixedPrompts _prompts = new();
    private readonly HttpClient _nobody = new();
    private readonly Dictionary<int, AssistantTurn> _turns = [];
    private readonly Assistant _assistant;
    private readonly Conversation _conversation;

    public ReplayedSession(DecisionSettings settings)
    {
        var (call, relay) = (settings.ToCallSettings(SilentEngines.Name), settings.ToRelayOptions());
        var journal = new SessionJournal(new ClaimResponse { Attempt = 1, Settings = new() }, this, _clock);
        var patience = new Patience(relay.ProviderTimeout, _clock);
        var tools = ToolBox.For(call, "", _nobody, headers: null, _clock);
        var voice = new Voice(SilentEngines.Providers, _prompts, call, Playout, patience, Forget);
        _assistant = new Assistant(new AnswerPipeline(SilentEngines.Providers, call, tools, voice, patience), tools, Playout, _clock, Forget);
        _conversation = new Conversation(
            call, relay, settings.TurnTaking, Ears, _assistant, new PlayoutLedger(journal.AssistantAudio), journal, _clock, NullLogger.Instance, CancellationToken.None);
    }

    public RecordedEars Ears { get; } = new();

    public PlayoutQueue Playout { get; } = new();

    /// <summary>What it says of itself, without audio and inputs.</summary>
    public List<JournalEntry> Told { get; } = [];

    /// <summary>Samples heard.</summary>
    public long Position { get; private set; }

    public bool IsOver => _conversation.Ending is not null;

    /// <summary>Told of each turn when it has begun.</summary>
    public Action<AssistantTurn> OnTurn { get; set; } = _ => { };

    /// <summary>Whether the turn has the floor: a draft has not.</summary>
    public bool IsSpeaking(AssistantTurn turn) => turn == _assistant.Turn;

    bool IJournalSink.HasRoomForAudio => false;

    public void Begin()
    {
        _conversation.Begin();
        Register();
    }

    /// <summary>The turn of this number; null: it has not begun yet.</summary>
    public AssistantTurn? Turn(int number) => _turns.GetValueOrDefault(number);

    public void Hear(in Perception perception)
    {
        Ears.Next = perception;
        Take(new SessionInput { Kind = InputKind.Heard });
        Position += MulawFrame.Size;
        _clock.Advance();
    }

    public void Take(in SessionInput input)
    {
        _conversation.Take(input);
        Register();
    }

    public void End() => _conversation.End();

    public async ValueTask DisposeAsync()
    {
        await _assistant.DisposeAsync();
        _prompts.Dispose();
        _nobody.Dispose();
    }

    void IJournalSink.Append(JournalEntry entry)
    {
        if (entry.EntryCase is not (JournalEntry.EntryOneofCase.Audio or JournalEntry.EntryOneofCase.Inputs))
            Told.Add(entry);
    }

    // What pipelines say of themselves is in the journal.
    private static void Forget(SessionEvent happened)
    {
    }

    private void Register()
    {
        Register(_assistant.Turn);
        Register(_assistant.Draft?.Turn);
    }

    private void Register(AssistantTurn? turn)
    {
        if (turn is not null && _turns.TryAdd(turn.Number, turn))
            OnTurn(turn);
    }
}
