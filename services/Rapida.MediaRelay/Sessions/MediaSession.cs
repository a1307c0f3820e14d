using System.Net.WebSockets;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tools;
using Rapida.MediaRelay.Twilio;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>
/// Carries one stream of one call: a loop that reads, a loop that sends, a loop that decides, and one place that closes.
/// </summary>
internal sealed class MediaSession : IAsyncDisposable
{
    // How long the other side may take to close after us.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly TwilioStream _stream;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _over = new();

    // Whoever puts in what ends the session does not go on as the one who closes it.
    private readonly TaskCompletionSource<Departure> _departure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionMailbox _mailbox = new();
    private readonly Ears _ears;
    private readonly Assistant _assistant;
    private readonly Pacer _pacer;
    private readonly Conversation _conversation;

    public MediaSession(
        TwilioStream stream, ClaimResponse claim, CallSettings settings, Engines engines, HttpClient toolClient, LeasedHeaders toolHeaders,
        IJournalSink sink, RelayOptions relay, TurnTakingOptions turnTaking, TimeProvider clock, ILogger logger)
    {
        (_stream, _clock) = (stream, clock);
        var journal = new SessionJournal(claim, sink, clock);
        var ledger = new PlayoutLedger(journal.AssistantAudio);
        var playout = new PlayoutQueue();
        var patience = new Patience(relay.ProviderTimeout, clock);
        var tools = ToolBox.For(settings, claim.CallId, toolClient, toolHeaders, clock);
        var voice = new Voice(engines.Speech, engines.Prompts, settings, playout, patience, _mailbox.Post);
        _pacer = new Pacer(stream, playout, _mailbox, clock);
        _ears = new Ears(engines.Detectors.Create(), engines.Speech, settings.SpeechToText, patience, _mailbox.Post);
        _assistant = new Assistant(new AnswerPipeline(engines.Speech, settings, tools, voice, patience), tools, playout, clock, _mailbox.Post);
        _conversation = new Conversation(settings, relay, turnTaking, _ears, _assistant, ledger, journal, clock, logger, _over.Token);
        journal.Opened();
        journal.Settings(DecisionSettings.Of(settings, relay, turnTaking).ToJson());
    }

    /// <summary>Frames that were lost because this session did not keep up.</summary>
    public int LostFrames => _mailbox.LostFrames;

    /// <summary>This relay goes.</summary>
    public void HandOver() => _mailbox.Post(new SessionEvent.StreamEnded(EndReason.Handover));

    /// <summary>Carries the stream until the call is over, for whatever reason.</summary>
    /// <param name="leaveAsync">Tells CallControl why, before the socket is closed on purpose.</param>
    public async Task<EndReason> RunAsync(Func<Departure, Task> leaveAsync)
    {
        var reading = ReadAsync();
        var pacing = PaceAsync();
        Departure departure = EndReason.Error;
        try
        {
            departure = await DecideAsync();
        }
        finally
        {
            _conversation.End();
            await CloseAsync(departure, leaveAsync, reading, pacing);
            while (_mailbox.TryTake(out var input))
                _conversation.Linger(input);
            _conversation.Closed(departure.Reason);
        }

        return departure.Reason;
    }

    public async ValueTask DisposeAsync()
    {
        await _assistant.DisposeAsync();
        await _ears.DisposeAsync();
        _over.Dispose();
    }

    /// <summary>The one place that closes.</summary>
    private async Task CloseAsync(Departure departure, Func<Departure, Task> leaveAsync, Task reading, Task pacing)
    {
        if (departure.Reason is not (EndReason.Caller or EndReason.Lost))
            await leaveAsync(departure);

        await _over.CancelAsync();
        await pacing;
        using var limit = new CancellationTokenSource(CloseLimit, _clock);
        try
        {
            await _stream.CloseAsync(WebSocketCloseStatus.NormalClosure, limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The other side does not answer: the endpoint disposes of the socket.
        }
    }

    private async Task<Departure> DecideAsync()
    {
        _conversation.Begin();
        try
        {
            // While the greeting is being spoken. What the caller says meanwhile waits in the mailbox.
            await _ears.OpenAsync(_over.Token);
        }
        catch (SpeechProviderException exception)
        {
            _mailbox.Post(new SessionEvent.ProviderFailed(null, exception));
        }

        _mailbox.HandTo(Decide);
        return await _departure.Task;
    }

    /// <returns>Whether the session goes on.</returns>
    private bool Decide(in SessionInput input)
    {
        try
        {
            _conversation.Take(input);
            Tell(input);
        }
        catch (Exception exception)
        {
            // Whoever put the input in is not to blame.
            _departure.SetException(exception);
            return false;
        }

        if (_conversation.Ending is not { } departure)
            return true;
        _departure.SetResult(departure);
        return false;
    }

    private void Tell(in SessionInput input)
    {
        if (input.Kind is InputKind.Heard)
            _pacer.Tick();
        else if (input.Kind is InputKind.Returned)
            _pacer.Returned(input.Mark);
    }

    private async Task ReadAsync()
    {
        var reason = EndReason.Caller;
        try
        {
            await _stream.ListenAsync(_mailbox);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            reason = EndReason.Lost;
        }

        _mailbox.Post(new SessionEvent.StreamEnded(reason));
    }

    private async Task PaceAsync()
    {
        try
        {
            await _pacer.RunAsync(_over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The call is over.
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            _mailbox.Post(new SessionEvent.StreamEnded(EndReason.Lost));
        }
    }
}
