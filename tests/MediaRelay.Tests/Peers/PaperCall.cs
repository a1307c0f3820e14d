using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tools;
using Rapida.Testing;
using Conversation = Rapida.MediaRelay.Sessions.Conversation;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>A call without sockets, threads or time: every 20 ms of it happen when the test says so.</summary>
internal sealed class PaperCall : ICallerLine, IJournalSink, IAsyncDisposable
{
    private readonly CarrierBuffer _carrier = new();
    private readonly SessionMailbox _mailbox = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Ears _ears;
    private readonly Assistant _assistant;
    private readonly Pacer _pacer;
    private readonly Conversation _conversation;
    private readonly HttpClient _toolClient;

    public PaperCall(FakeSpeech? speech = null, Func<CallSettings, CallSettings>? settings = null)
    {
        Speech = speech ?? new FakeSpeech();
        Vault = new FakeVault(Clock);
        Settings = new CallSettings
        {
            AssistantId = "123456789012345",
            LanguageModel = Named("fake-mind"),
            SpeechToText = Named("fake-ears"),
            TextToSpeech = Named("fake-voice"),
            Greeting = "Hello, who is it?",
            ErrorMessage = "Something is wrong here.",
        };
        Settings = settings?.Invoke(Settings) ?? Settings;

        var claim = new ClaimResponse { ProjectId = "p", ConversationId = "c", Attempt = 1, CallId = "call", CredentialGrant = "grant", Settings = new SessionSettings() };
        var journal = new SessionJournal(claim, this, Clock);
        var ledger = new PlayoutLedger(journal.AssistantAudio);
        var playout = new PlayoutQueue();
        var patience = new Patience(TimeSpan.FromSeconds(10), Clock);
        var voice = new Voice(Speech.Providers, Speech.Prompts, Settings, playout, patience, _mailbox.Post);
        _toolClient = new HttpClient(Web);
        var tools = ToolBox.For(Settings, "call", _toolClient, new LeasedHeaders(Vault.Client, claim, Clock, Logs.CreateLogger("")), Clock);
        _pacer = new Pacer(this, playout, _mailbox, Clock);
        _ears = new Ears(new EnergyVad(), Speech.Providers, Settings.SpeechToText, patience, _mailbox.Post);
        _assistant = new Assistant(new AnswerPipeline(Speech.Providers, Settings, tools, voice, patience), tools, playout, Clock, _mailbox.Post);
        var (relay, turnTaking) = (new RelayOptions(), new TurnTakingOptions());
        journal.Settings(DecisionSettings.Of(Settings, relay, turnTaking).ToJson());
        _conversation = new Conversation(
            Settings, relay, turnTaking, _ears, _assistant, ledger, journal, Clock, NullLogger.Instance, _over.Token);
    }

    public FakeSpeech Speech { get; }

    public CallSettings Settings { get; }

    public FakeWeb Web { get; } = new();

    public FakeVault Vault { get; }

    public LogCapture Logs { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public List<JournalEntry> Journal { get; } = [];

    /// <summary>What the caller heard, from the stream's first frame on.</summary>
    public List<byte> Heard { get; } = [];

    public List<byte> Said { get; } = [];

    public int Clears { get; private set; }

    public EndReason? Ending => _conversation.Ending?.Reason;

    /// <summary>Whom the call is transferred to, or the keys to press.</summary>
    public string? Failure => _conversation.Ending?.Failure;

    public string? Target => _conversation.Ending?.Target;

    public int NowMs => Heard.Count / 8;

    public bool HasRoomForAudio => true;

    public IEnumerable<Turn> Turns => Journal.Where(entry => entry.EntryCase is JournalEntry.EntryOneofCase.Turn).Select(entry => entry.Turn);

    /// <summary>What tools did, in the order of the journal: "+book {}", "-book ok", "-book failed".</summary>
    public IEnumerable<string> Tools => Journal.Select(entry => entry switch
    {
        { ToolStarted: { } started } => $"+{started.Name} {started.ArgumentsJson}",
        { ToolFinished: { } finished } => $"-{NameOf(finished.Id)} {(finished.Succeeded ? "ok" : "failed")}",
        _ => "",
    }).Where(line => line.Length > 0);

    public IEnumerable<string> Decisions =>
        Journal.Where(entry => entry.EntryCase is JournalEntry.EntryOneofCase.Decision).Select(entry => entry.Decision.Kind);

    /// <summary>A whole track as it was recorded.</summary>
    public byte[] TrackOf(Track track)
    {
        var whole = new byte[Heard.Count];
        Array.Fill(whole, (byte)0xFF);
        foreach (var segment in Journal.Where(entry => entry.Audio?.Track == track).Select(entry => entry.Audio))
            segment.Mulaw.CopyTo(whole, (int)segment.FirstSample);
        return whole;
    }

    public async Task<PaperCall> AnswerAsync()
    {
        await _ears.OpenAsync(CancellationToken.None);
        _conversation.Begin();
        return this;
    }

    /// <summary>The caller is silent until the assistant is.</summary>
    public async Task HearOutAsync()
    {
        for (var quiet = 0; quiet < 15 && Ending is null;)
            quiet = await TickAsync(Sounds.Silence) ? 0 : quiet + 1;
    }

    public async Task SayAsync(int milliseconds)
    {
        foreach (var frame in Sounds.Voice(milliseconds))
            await TickAsync(frame);
    }

    public async Task WaitAsync(int milliseconds)
    {
        foreach (var frame in Sounds.Quiet(milliseconds))
            await TickAsync(frame);
    }

    public async Task WaitUntilOverAsync(int mostMilliseconds)
    {
        for (var waited = 0; Ending is null; waited += 20)
        {
            Assert.True(waited < mostMilliseconds, $"The call is not over after {mostMilliseconds} ms.");
            await TickAsync(Sounds.Silence);
        }
    }

    public async Task PressAsync(string keys, int millisecondsBetween = 200)
    {
        foreach (var key in keys)
        {
            _mailbox.Pressed(key);
            await WaitAsync(millisecondsBetween);
        }
    }

    /// <summary>The stream is over; what is left goes to the journal.</summary>
    public void HangUp()
    {
        _conversation.End();
        _conversation.Closed(Ending ?? EndReason.Caller);
    }

    /// <summary>20 ms.</summary>
    /// <returns>Whether the caller heard a sound.</returns>
    public async Task<bool> TickAsync(byte[] said)
    {
        await PlanAsync();
        await _pacer.StepAsync(CancellationToken.None);

        var heard = _carrier.Play();
        Heard.AddRange(heard);
        Said.AddRange(said);
        _mailbox.Audio(said);
        ReturnMarks();
        await PlanAsync();
        Clock.Advance(MulawFrame.Duration);
        return Sounds.IsAudible(heard);
    }

    public ValueTask PlayAsync(ReadOnlyMemory<byte> mulaw, CancellationToken cancellationToken)
    {
        _carrier.Add(mulaw.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask MarkAsync(Mark mark, CancellationToken cancellationToken)
    {
        Span<byte> name = stackalloc byte[32];
        mark.TryFormat(name, out var length);
        _carrier.AddMark(Encoding.UTF8.GetString(name[..length]));
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        Clears++;
        _carrier.Clear();
        ReturnMarks();
        return ValueTask.CompletedTask;
    }

    public void Append(JournalEntry entry) => Journal.Add(entry);

    public async ValueTask DisposeAsync()
    {
        await _assistant.DisposeAsync();
        await _ears.DisposeAsync();
        _over.Dispose();
        _toolClient.Dispose();
    }

    /// <summary>A tool waits for its server, and everything else has been done.</summary>
    private Task Waiting => Task.WhenAll(Web.Held, _assistant.Speaking);

    private static ProviderSettings Named(string name) => new(name, new Dictionary<string, string>());

    private string NameOf(string id) => Journal.Last(entry => entry.ToolStarted?.Id == id).ToolStarted.Name;

    private void ReturnMarks()
    {
        foreach (var name in _carrier.TakeMarks())
            _mailbox.Returned(Mark.TryParse(Encoding.UTF8.GetBytes(name), out var mark) ? mark : throw new InvalidOperationException(name));
    }

    /// <summary>Lets everything happen that needs no time.</summary>
    private async Task PlanAsync()
    {
        do
        {
            await Task.WhenAny(_assistant.Planning, Waiting);
            while (Ending is null && _mailbox.TryTake(out var input))
                _conversation.Take(input);
        }
        while (Ending is null && ((!_assistant.Planning.IsCompleted && !Waiting.IsCompleted) || !_mailbox.IsEmpty));
    }
}
