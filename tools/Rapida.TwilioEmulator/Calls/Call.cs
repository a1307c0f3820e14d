using System.Net;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.Numbers;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>Why a call ended: the first reason wins.</summary>
internal enum EndReason
{
    EndOfDocument,
    HangupVerb,
    Rejected,
    CallerHungUp,
    RestCompleted,
    StreamFailed,
    ApplicationError,
    EmulatorStopped,
    EmulatorFailed,
}

/// <summary>One call: who, its state, its line, and what interrupts the verb that is running.</summary>
internal sealed class Call : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private CancellationTokenSource _verb = new();
    private readonly List<Task> _background = [];
    private readonly IReadOnlyDictionary<string, Person> _people;
    private volatile IKeys? _keys;
    private DocumentSource? _update;

    public Call(Account account, IncomingNumber number, InboundCall inbound, TimeProvider clock)
    {
        (Account, Number, _clock) = (account, number, clock);
        (From, Caller, Behaviour, _people) = (inbound.From, inbound.Caller, inbound.Behaviour, inbound.People);
        StartedAt = clock.GetUtcNow();
        Journal = new CallJournal(clock);
        Line = new PhoneLine(inbound.Caller, inbound.Echo, Journal, clock) { Gone = HangUp };
        Journal.Add(new CallEvent("ringing"));
    }

    public string Sid { get; } = Accounts.Sid.New("CA");
    public Account Account { get; }
    public IncomingNumber Number { get; }
    public string From { get; }
    public string To => Number.PhoneNumber;
    public ICaller Caller { get; }
    public CarrierBehaviour Behaviour { get; }
    public CallJournal Journal { get; }
    public PhoneLine Line { get; }

    /// <summary>Twilio keeps a customer's cookies for the length of a call.</summary>
    public CookieContainer Cookies { get; } = new();

    public DateTimeOffset StartedAt { get; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public CallStatus Status { get; private set; } = CallStatus.Ringing;
    public EndReason? Ending { get; private set; }

    /// <summary>What an unanswered call ends as.</summary>
    public CallStatus RejectedAs { get; set; } = CallStatus.NoAnswer;
    public bool IsEnding => Ending is not null;

    /// <summary>Who takes the caller's keys now; null: nobody does.</summary>
    public IKeys? Keys
    {
        get => _keys;
        set => _keys = value;
    }

    /// <summary>The WAV files of both directions, once written.</summary>
    public (string Caller, string Heard)? Wavs { get; set; }

    /// <summary>Callbacks under way; the call is over when they are.</summary>
    public Task CallbacksSent
    {
        get
        {
            lock (_lock)
                return Task.WhenAll(_background);
        }
    }

    /// <summary>Cancelled when the running verb must stop: the call ends, or new TwiML takes over.</summary>
    public CancellationToken Interrupted
    {
        get
        {
            lock (_lock)
                return _verb.Token;
        }
    }

    public Person PersonAt(string number) => _people.GetValueOrDefault(number, Person.Nobody);

    public void Answer()
    {
        lock (_lock)
        {
            if (Status != CallStatus.Ringing || IsEnding)
                return;
            Status = CallStatus.InProgress;
            AnsweredAt = _clock.GetUtcNow();
        }
        Journal.Add(new CallEvent("answered"));
    }

    public void HangUp(EndReason reason)
    {
        lock (_lock)
        {
            if (IsEnding)
                return;
            Ending = reason;
            // What waits goes on elsewhere, not within the line's loop or this lock.
            _ = _verb.CancelAsync();
        }
    }

    /// <summary>Lets new TwiML take over from the verb that is running; false when the call is over.</summary>
    public bool Update(DocumentSource source)
    {
        lock (_lock)
        {
            if (IsEnding)
                return false;
            _update = source;
            _ = _verb.CancelAsync();
            return true;
        }
    }

    /// <summary>The TwiML that took over, once; the next verb can then be interrupted anew.</summary>
    public DocumentSource? TakeUpdate()
    {
        lock (_lock)
        {
            if (_update is not { } update || IsEnding)
                return null;
            _update = null;
            _verb = new CancellationTokenSource();
            return update;
        }
    }

    public void Background(Task callback)
    {
        lock (_lock)
            _background.Add(callback);
    }

    public void End(CallStatus status)
    {
        lock (_lock)
        {
            Status = status;
            EndedAt = _clock.GetUtcNow();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await _verb.CancelAsync();
        _verb.Dispose();
    }
}
