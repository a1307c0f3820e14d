using System.Net;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>One call: who, its state, its line, and what interrupts the verb that is running.</summary>
internal sealed class Call : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly CallPlan _plan;

    // Never disposed, for that would take back a cancellation that is still being told; there is no timer in it to release.
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer _limit;
    private readonly List<Task> _background = [];
    private CancellationTokenSource _verb = new();
    private TimeSpan _timeLimit;
    private volatile IKeys? _keys;
    private DocumentSource? _update;

    public Call(Account account, CallPlan plan, TimeProvider clock)
    {
        (Account, _plan, _clock) = (account, plan, clock);
        (Fallback, StatusCallback, _timeLimit) = (plan.Fallback, plan.StatusCallback, plan.TimeLimit);
        StartedAt = clock.GetUtcNow();
        Status = Outbound is null ? CallStatus.Ringing : CallStatus.Queued;
        Journal = new CallJournal(clock);
        Line = new PhoneLine(plan.Caller, plan.Echo, Journal, clock) { Gone = HangUp };
        Over = _over.Token;
        _limit = clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Journal.Add(new CallEvent(Status.Wire()));
    }

    public string Sid { get; } = Accounts.Sid.New("CA");
    public Account Account { get; }
    public string NumberSid => _plan.NumberSid;
    public string From => _plan.From;
    public string To => _plan.To;
    public ICaller Caller => _plan.Caller;
    public CarrierBehaviour Behaviour => _plan.Behaviour;
    public DocumentSource? Document => _plan.Document;
    public CallJournal Journal { get; }
    public PhoneLine Line { get; }

    /// <summary>Null: an incoming call.</summary>
    public OutboundLeg? Outbound => _plan.Outbound;

    public string Direction => Outbound is null ? "inbound" : "outbound-api";

    /// <summary>Where TwiML comes from when the first source fails. REST may change it, as it may the callback.</summary>
    public CallbackAddress? Fallback { get; set; }

    public CallbackAddress? StatusCallback { get; set; }

    /// <summary>Removed through REST: Twilio no longer shows it, whatever becomes of it.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Twilio keeps a customer's cookies for the length of a call.</summary>
    public CookieContainer Cookies { get; } = new();

    public DateTimeOffset StartedAt { get; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public CallStatus Status
    {
        get;
        private set
        {
            field = value;
            Outbound?.Dial?.Status = value.Wire();
        }
    }

    public EndReason? Ending { get; private set; }

    /// <summary>From the answer to the end; 0 without an answer or before the end.</summary>
    public int Seconds => AnsweredAt is { } answered && EndedAt is { } ended ? (int)Math.Ceiling((ended - answered).TotalSeconds) : 0;

    /// <summary>What is paid for: minutes begun are whole minutes.</summary>
    public int Minutes => (Seconds + 59) / 60;

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

    /// <summary>Cancelled when the call ends, and not before.</summary>
    public CancellationToken Over { get; }

    public Person PersonAt(string number) => _plan.PersonAt(number);

    /// <summary>A call that was placed leaves the queue, or rings. False: it is over before that.</summary>
    public bool TryMoveTo(CallStatus status)
    {
        lock (_lock)
        {
            if (IsEnding)
                return false;
            Status = status;
        }
        Journal.Add(new CallEvent(status.Wire()));
        return true;
    }

    public void Answer()
    {
        lock (_lock)
        {
            if (Status != CallStatus.Ringing || IsEnding)
                return;
            Status = CallStatus.InProgress;
            AnsweredAt = _clock.GetUtcNow();
            _limit.Change(_timeLimit, Timeout.InfiniteTimeSpan);
        }
        Journal.Add(new CallEvent("answered"));
    }

    /// <summary>The call may be so long, counted from its answer.</summary>
    public void LimitTo(TimeSpan length)
    {
        lock (_lock)
        {
            _timeLimit = length;
            if (AnsweredAt is { } answered && !IsEnding && answered + length - _clock.GetUtcNow() is var left)
                _limit.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
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
            _ = _over.CancelAsync();
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
        await _limit.DisposeAsync();
        await Line.DisposeAsync();
        await _verb.CancelAsync();
        _verb.Dispose();
    }

    private void Expire()
    {
        if (IsEnding)
            return;
        Journal.Warn(32015, "Call is terminated due to exceeding maximum call duration", Line.NowMs);
        HangUp(EndReason.TimeLimit);
    }
}
