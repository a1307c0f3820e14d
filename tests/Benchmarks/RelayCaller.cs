using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;
using Rapida.Audio;
using Rapida.ServiceDefaults.Access;

namespace Benchmarks;

/// <summary>The carrier's end of one call: sends 20 ms at a time and gives marks back when what was before them has been played.</summary>
internal sealed class RelayCaller(int number, bool isTalking) : IDisposable
{
    // As Twilio sends them when nobody speaks: codes around 0xFF and 0x7F.
    private static readonly byte[] Quiet = Encoding.UTF8.GetBytes(Convert.ToBase64String([.. Enumerable.Range(0, 160).Select(i => (byte)(0x7D + (i * 7 % 3) + (i % 2 * 0x80)))]));
    private static readonly byte[] Loud = Encoding.UTF8.GetBytes(Tone());

    // Half a second of voice every three seconds, not all at once.
    private const int TalksEvery = 150;
    private const int TalksFor = 25;

    private readonly string _streamSid = $"MZ{number:D32}";
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _out = new byte[1_024];
    private readonly byte[] _in = new byte[64 * 1_024];
    private readonly Queue<(long At, string Name)> _marks = new();
    private readonly Lock _lock = new();
    private long _arrived;
    private long _played;
    private int _frame;
    private int _sequence = 1;

    public long FramesSent => _frame;

    public long FramesHeard => Interlocked.Read(ref _arrived) / 160;

    public int Clears { get; private set; }

    public bool IsOver { get; private set; }

    public async Task ConnectAsync(int port)
    {
        var context = ContextId.New(RelayPeers.ContextKey);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/v1/talk/twilio/ctx/{context}"), CancellationToken.None);
        await SendAsync("""{"event":"connected","protocol":"Call","version":"1.0.0"}""");
        await SendAsync($$$"""{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"{{{_streamSid}}}","callSid":"CA{{{number:D32}}}","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"ticket":"t"}},"streamSid":"{{{_streamSid}}}"}""");
        _ = ReceiveAsync();
    }

    /// <summary>20 ms.</summary>
    public async ValueTask TickAsync()
    {
        try
        {
            await SendFrameAsync();
            while (PlayedMark() is { } mark)
                await SendMarkAsync(mark);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            IsOver = true;
        }
    }

    /// <summary>Hangs up without a word.</summary>
    public void Dispose() => _socket.Dispose();

    private ValueTask SendFrameAsync()
    {
        lock (_lock)
            _played = Math.Min(_played + 160, _arrived);
        var isLoud = isTalking && (_frame + (number * 7)) % TalksEvery < TalksFor && _frame > TalksEvery;
        Utf8.TryWrite(_out, $$$"""{"event":"media","sequenceNumber":"{{{++_sequence}}}","media":{"track":"inbound","chunk":"{{{++_frame}}}","timestamp":"{{{155 + (_frame * 20)}}}","payload":"{{{""}}}""", out var length);
        var payload = isLoud ? Loud : Quiet;
        payload.CopyTo(_out, length);
        length += payload.Length;
        Utf8.TryWrite(_out.AsSpan(length), $$"""{{'"'}}},"streamSid":"{{_streamSid}}"{{'}'}}""", out var rest);
        return _socket.SendAsync(_out.AsMemory(0, length + rest), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    private ValueTask SendMarkAsync(string name)
    {
        Utf8.TryWrite(_out, $$$"""{"event":"mark","sequenceNumber":"{{{++_sequence}}}","streamSid":"{{{_streamSid}}}","mark":{"name":"{{{name}}}"{{{"}}"}}}""", out var length);
        return _socket.SendAsync(_out.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    private ValueTask SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private string? PlayedMark()
    {
        lock (_lock)
        {
            return _marks.TryPeek(out var mark) && mark.At <= _played ? _marks.Dequeue().Name : null;
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_in.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
                Take(_in.AsSpan(0, received.Count));
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is over.
        }

        IsOver = true;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (message.StartsWith("""{"event":"media","""u8))
            {
                var payload = message[(message.IndexOf("payload"u8) + 10)..];
                _arrived += payload.IndexOf((byte)'"') / 4 * 3 / 160 * 160;
                // An echo has no marks; the server is to read as many all the same.
                if (message.IndexOf("\"track\""u8) > 0 && _arrived / 160 % 10 == 0)
                    _marks.Enqueue((_arrived, "0:100"));
            }
            // An echo of ours is not sent again: they would become more and more.
            else if (message.StartsWith("""{"event":"mark","""u8) && message.IndexOf("sequenceNumber"u8) < 0)
            {
                var name = message[(message.IndexOf("name\":\""u8) + 7)..];
                _marks.Enqueue((_arrived, Encoding.UTF8.GetString(name[..name.IndexOf((byte)'"')])));
            }
            else if (message.StartsWith("""{"event":"clear","""u8))
            {
                Clears++;
                _played = _arrived;
            }
        }
    }

    private static string Tone()
    {
        var samples = new short[160];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(9_000 * Math.Sin(2 * Math.PI * 700 * i / 8_000));
        var mulaw = new byte[160];
        Mulaw.Encode(samples, mulaw);
        return Convert.ToBase64String(mulaw);
    }
}
