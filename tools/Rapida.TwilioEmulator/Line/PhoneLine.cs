using Rapida.Audio;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Line;

/// <summary>
/// The caller's line: every 20 ms one frame each way between the caller and whoever is at the far end. Its clock starts when there is
/// first something to hear, or when a callee answers, and runs to the end of the call; all times of a report are counted from there.
/// </summary>
internal sealed class PhoneLine(ICaller caller, Echo? echo, CallJournal journal, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private Task? _running;
    private long _frames;
    private volatile IFarEnd? _farEnd;

    public Tracks Tracks { get; } = new();

    public Talk Talk { get; } = new(journal);

    /// <summary>Raised by the loop when there is no line any longer: the caller hung up, or it broke.</summary>
    public Action<EndReason>? Gone { get; set; }

    public bool IsOpen => _running is not null;

    public int NowMs => (int)(Interlocked.Read(ref _frames) * Frame.Milliseconds);

    /// <summary>Puts somebody at the far end, and opens the line if this is the first.</summary>
    public void Connect(IFarEnd farEnd)
    {
        _farEnd = farEnd;
        Open();
    }

    /// <summary>Opens the line with nobody at the far end yet: whoever has just answered hears silence.</summary>
    public void Open()
    {
        lock (_lock)
            _running ??= Task.Run(() => RunAsync(_closing.Token));
    }

    public void Disconnect(IFarEnd farEnd) => Interlocked.CompareExchange(ref _farEnd, null, farEnd);

    /// <summary>Lets the caller hear something for this long: shorter audio is followed by silence, longer is cut.</summary>
    public async Task PlayAsync(ReadOnlyMemory<byte> audio, TimeSpan length, CancellationToken cancellationToken)
    {
        var announcement = new Announcement(audio, length);
        Connect(announcement);
        try
        {
            await announcement.Finished.WaitAsync(cancellationToken);
        }
        finally
        {
            Disconnect(announcement);
        }
    }

    /// <summary>Ends the line; throws what broke it, if anything did.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        try
        {
            await (_running ?? Task.CompletedTask);
        }
        finally
        {
            Talk.End(NowMs);
            _closing.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PaceAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Closed.
        }
        catch
        {
            Gone?.Invoke(EndReason.EmulatorFailed);
            throw;
        }
    }

    private async Task PaceAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && !caller.HangsUp)
        {
            Tick();
            // By the clock, not by ticks: frames late after a stall come in a burst, as they do on a real line.
            var due = Frame.Length * Interlocked.Read(ref _frames) - clock.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, clock, cancellationToken);
        }
    }

    private void Tick()
    {
        Span<byte> heard = stackalloc byte[Frame.Bytes];
        Span<byte> said = stackalloc byte[Frame.Bytes];
        var farEnd = _farEnd;
        if (farEnd is null)
            heard.Fill(Mulaw.Silence);
        else
            farEnd.Speak(heard);

        var audible = Frame.IsAudible(heard);
        var speaks = caller.Speak(said, audible);
        echo?.AddTo(said, heard);
        Tracks.Add(said, heard);
        Talk.Note(NowMs, speaks, audible);
        farEnd?.Hear(said);
        Interlocked.Increment(ref _frames);
        if (caller.HangsUp)
            Gone?.Invoke(EndReason.CallerHungUp);
    }
}
