using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Twilio's end of a media stream on a real socket: 20 ms each way at a time, by the clock.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    public const string Signature = "c2lnbmF0dXJl";
    public const string StreamSid = "MZ00000000000000000000000000000001";
    public const string CallSid = "CA00000000000000000000000000000001";

    private readonly ClientWebSocket _socket = new();
    private readonly CarrierBuffer _carrier = new();
    private readonly ConcurrentQueue<byte[]> _toSay = new();
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<WebSocketCloseStatus?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _heard = [];
    private readonly List<byte> _said = [];
    private Task _running = Task.CompletedTask;
    private int _sequence;
    private volatile bool _frames = true;

    /// <summary>How the relay closed.</summary>
    public Task<WebSocketCloseStatus?> Closed => _closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public int Clears { get; private set; }

    /// <summary>What the caller has heard so far, from the first frame on.</summary>
    public byte[] Heard
    {
        get
        {
            lock (_heard)
                return [.. _heard];
        }
    }

    public byte[] Said
    {
        get
        {
            lock (_heard)
                return [.. _said];
        }
    }

    public async Task<FakeTwilio> ConnectAsync(Uri relay, string contextId)
    {
        _socket.Options.SetRequestHeader("X-Twilio-Signature", Signature);
        _socket.Options.CollectHttpResponseDetails = true;
        await _socket.ConnectAsync(new Uri($"ws://{relay.Authority}/v1/talk/twilio/ctx/{contextId}"), CancellationToken.None);
        _ = ReceiveAsync();
        return this;
    }

    /// <summary>The status with which the relay refuses.</summary>
    public static async Task<int> RefusedWithAsync(Uri relay, string contextId)
    {
        await using var twilio = new FakeTwilio();
        await Assert.ThrowsAsync<WebSocketException>(() => twilio.ConnectAsync(relay, contextId));
        return (int)twilio._socket.HttpStatusCode;
    }

    public async Task<FakeTwilio> StartAsync(string ticket = "ticket")
    {
        await SendAsync("""{"event":"connected","protocol":"Call","version":"1.0.0"}""");
        await SendAsync($$$$"""{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"{{{{StreamSid}}}}","callSid":"{{{{CallSid}}}}","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"ticket":"{{{{ticket}}}}"}},"streamSid":"{{{{StreamSid}}}}"}""");
        return this;
    }

    /// <summary>Frames begin to flow.</summary>
    public FakeTwilio Run()
    {
        _running = Task.Run(RunAsync);
        return this;
    }

    public void Say(IEnumerable<byte[]> frames)
    {
        foreach (var frame in frames)
            _toSay.Enqueue(frame);
    }

    /// <summary>Waits until the caller has heard so much sound, in milliseconds.</summary>
    public Task HearAsync(int milliseconds) => WaitForAsync(() => AudibleFrames(Heard) * 20 >= milliseconds);

    /// <summary>Waits until the caller has heard nothing for so long, after all that there was to say was said.</summary>
    public Task HearQuietAsync(int milliseconds) => WaitForAsync(() =>
        _toSay.IsEmpty && Heard is var heard && heard.Length >= milliseconds * 8 && AudibleFrames(heard.AsSpan(heard.Length - (milliseconds * 8))) == 0);

    public async Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The caller hangs up.</summary>
    public async Task HangUpAsync()
    {
        await StopFramesAsync();
        await SendAsync($$$"""{"event":"stop","sequenceNumber":"9","streamSid":"{{{StreamSid}}}","stop":{"accountSid":"AC1","callSid":"{{{CallSid}}}"}}""");
        await CloseAsync();
    }

    /// <summary>The line dies without a word.</summary>
    public async Task StopFramesAsync()
    {
        _frames = false;
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        _frames = false;
        await _over.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _over.Dispose();
    }

    public static int AudibleFrames(ReadOnlySpan<byte> mulaw)
    {
        var audible = 0;
        for (; mulaw.Length >= 160; mulaw = mulaw[160..])
            audible += Sounds.IsAudible(mulaw[..160]) ? 1 : 0;
        return audible;
    }

    private async Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        for (var frame = 0; _frames; frame++)
        {
            var due = TimeSpan.FromMilliseconds(20 * frame) - clock.Elapsed;
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            await TickAsync(frame);
        }
    }

    private async Task TickAsync(int frame)
    {
        if (!_toSay.TryDequeue(out var said))
            said = Sounds.Silence;
        lock (_heard)
        {
            _heard.AddRange(_carrier.Play());
            _said.AddRange(said);
        }

        try
        {
            await SendAsync($$$"""{"event":"media","sequenceNumber":"{{{++_sequence + 1}}}","media":{"track":"inbound","chunk":"{{{frame + 1}}}","timestamp":"{{{155 + (frame * 20)}}}","payload":"{{{Convert.ToBase64String(said)}}}"},"streamSid":"{{{StreamSid}}}"}""");
            await SendMarksAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            _frames = false;
        }
    }

    private async Task SendMarksAsync()
    {
        foreach (var name in _carrier.TakeMarks())
            await SendAsync($$$"""{"event":"mark","sequenceNumber":"{{{++_sequence + 1}}}","streamSid":"{{{StreamSid}}}","mark":{"name":"{{{name}}}"}}""");
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _over.Token);
                if (received.MessageType is WebSocketMessageType.Close)
                    break;
                Assert.True(received.EndOfMessage);
                await TakeAsync(JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement);
            }

            _frames = false;
            await CloseAsync();
            _closed.TrySetResult(_socket.CloseStatus);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            _frames = false;
            _closed.TrySetResult(null);
        }
    }

    // Both sides may close at once.
    private async Task CloseAsync()
    {
        await _sending.WaitAsync();
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The relay was faster, and its connection is gone.
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task TakeAsync(JsonElement message)
    {
        Assert.Equal(StreamSid, message.GetProperty("streamSid").GetString());
        switch (message.GetProperty("event").GetString())
        {
            case "media":
                _carrier.Add(message.GetProperty("media").GetProperty("payload").GetBytesFromBase64());
                break;
            case "mark":
                _carrier.AddMark(message.GetProperty("mark").GetProperty("name").GetString()!);
                break;
            case "clear":
                Clears++;
                _carrier.Clear();
                await SendMarksAsync();
                break;
            case var other:
                Assert.Fail($"Twilio does not take {other}.");
                break;
        }
    }

    private async Task WaitForAsync(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"Heard {AudibleFrames(Heard) * 20} ms of sound in {Heard.Length / 8} ms.");
            await Task.Delay(10);
        }
    }
}
