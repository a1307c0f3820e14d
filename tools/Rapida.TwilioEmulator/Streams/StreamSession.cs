using System.Net.WebSockets;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.TwiML;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Streams;

internal enum StreamEnd
{
    /// <summary>The server closed with 1000: the document goes on.</summary>
    ClosedByServer,

    /// <summary>The server went away, or closed with another code.</summary>
    ClosedAbnormally,

    /// <summary>There never was a stream.</summary>
    NeverConnected,

    /// <summary>The call ended, or other TwiML took over.</summary>
    Stopped,
}

/// <summary>The life of one media stream, from the upgrade to the last callback.</summary>
internal sealed class StreamSession(StreamConnector connector, CallWebhooks webhooks, TimeProvider clock)
{
    // How long a server may take to answer our close before the connection is cut.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>Carries the stream until it ends, for whatever reason.</summary>
    /// <param name="call">The call whose line the stream takes.</param>
    /// <param name="noun">The stream as its document has it.</param>
    /// <param name="url">Where it goes, absolute.</param>
    /// <param name="cancellationToken">The emulator stops.</param>
    public async Task<StreamEnd> RunAsync(Call call, StreamNoun noun, string url, CancellationToken cancellationToken)
    {
        var stream = new StreamIdentity(Sid.New("MZ"), call.Sid, call.Account.Sid, noun);
        var report = new StreamReport(stream.StreamSid, stream.Name, WebhookAddress.Parse(url).Redacted);
        try
        {
            if (noun.Track is not (null or "inbound_track"))
                throw new StreamFailedException(31941, "Stream - Invalid Track configuration");
            using var socket = await connector.ConnectAsync(call, url, call.Interrupted);
            return await CarryAsync(call, stream, report, socket, cancellationToken);
        }
        catch (StreamFailedException failure)
        {
            Stopped(call, stream, report with { End = StreamEnd.NeverConnected }, failure, cancellationToken);
            return StreamEnd.NeverConnected;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StreamEnd.Stopped;
        }
    }

    private async Task<StreamEnd> CarryAsync(Call call, StreamIdentity stream, StreamReport report, WebSocket socket, CancellationToken cancellationToken)
    {
        var sender = new StreamSender(socket, stream);
        var media = new MediaStream(stream, sender, call);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        sender.Send(new StreamMessage.Connected());
        sender.Send(new StreamMessage.Start());
        var sending = sender.RunAsync(abort.Token);
        var receiving = StreamReceiver.RunAsync(socket, media.Receive, abort.Token);

        report = report with { StartedAt = clock.GetUtcNow(), StartedMs = call.Line.NowMs };
        call.Journal.Add(new CallEvent("stream_started") { Stream = report, AtMs = call.Line.NowMs });
        Notify(call, stream, "stream-started", null, cancellationToken);
        await TalkAsync(call, media, sending, receiving);

        // Whoever goes first decides: after the server's close there is no stop message.
        var serverWent = receiving.IsCompleted || sending.IsCompleted;
        if (!serverWent)
            sender.Send(new StreamMessage.Stop());
        sender.Complete();
        var failure = await CloseAsync(socket, sending, receiving, abort);
        cancellationToken.ThrowIfCancellationRequested();

        var end = !serverWent ? StreamEnd.Stopped : failure is null ? StreamEnd.ClosedByServer : StreamEnd.ClosedAbnormally;
        report = report with { End = end, StartedMs = media.StartedMs, FramesSent = sender.MediaSent, MediaReceived = media.MediaReceived };
        Stopped(call, stream, report, serverWent ? failure : null, cancellationToken);
        return end;
    }

    private static async Task TalkAsync(Call call, MediaStream media, Task sending, Task receiving)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.Interrupted.Register(() => interrupted.TrySetResult());
        call.Keys = media;
        call.Caller.Begin();
        call.Line.Connect(media);
        await Task.WhenAny(sending, receiving, interrupted.Task);
        call.Line.Disconnect(media);
        call.Keys = null;
    }

    /// <summary>Null: both sides closed in good order.</summary>
    private static async Task<StreamFailedException?> CloseAsync(
        WebSocket socket, Task sending, Task<WebSocketCloseStatus> receiving, CancellationTokenSource abort)
    {
        abort.CancelAfter(CloseLimit);
        try
        {
            if (!receiving.IsCompleted || receiving.IsCompletedSuccessfully)
            {
                await sending;
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, abort.Token);
            }
            var status = await receiving;
            return status is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty ? null : StreamFailedException.Closed(status);
        }
        catch (WebSocketException broken)
        {
            return StreamFailedException.Broken(broken);
        }
        catch (OperationCanceledException)
        {
            return new StreamFailedException(31921, "Stream - WebSocket - Close Error: no answer to our close");
        }
        finally
        {
            await abort.CancelAsync();
            await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Stopped(Call call, StreamIdentity stream, StreamReport report, StreamFailedException? failure, CancellationToken cancellationToken)
    {
        var now = call.Line.NowMs;
        if (report.StartedAt is not null)
            report = report with { StoppedAt = clock.GetUtcNow(), StoppedMs = now };
        if (failure is not null)
            call.Journal.Warn(failure.Code, failure.Message, now);
        call.Journal.Add(new CallEvent("stream_stopped") { Stream = report, AtMs = now });
        Notify(call, stream, failure is null ? "stream-stopped" : "stream-error", failure?.Message, cancellationToken);
    }

    // Callbacks are requests of their own: nothing waits for them, and their order is not kept.
    private void Notify(Call call, StreamIdentity stream, string streamEvent, string? error, CancellationToken cancellationToken)
    {
        if (stream.Noun.StatusCallback is not { Length: > 0 } url)
            return;
        var fields = VoiceFields.ForStream(call, stream.StreamSid, stream.Name, streamEvent, error, clock.GetUtcNow());
        call.Background(webhooks.NotifyAsync(call, "stream", url, stream.Noun.StatusCallbackMethod, fields, cancellationToken));
    }
}
