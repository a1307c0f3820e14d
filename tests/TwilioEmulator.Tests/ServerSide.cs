using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rapida.Audio;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>The customer's end of a media stream, with every message that Twilio sent.</summary>
internal sealed class ServerSide(WebSocket socket, HttpContext upgrade)
{
    public WebSocket Socket => socket;

    public HttpContext Upgrade => upgrade;

    public List<JsonElement> Messages { get; } = [];

    public string StreamSid { get; private set; } = "";

    /// <summary>Reads on until a message is as wanted; null when the stream is closed first.</summary>
    public async Task<JsonElement?> UntilAsync(Func<JsonElement, bool> wanted)
    {
        while (await ReceiveAsync() is { } message)
        {
            if (wanted(message))
                return message;
        }
        return null;
    }

    public Task<JsonElement?> UntilAsync(string kind) => UntilAsync(m => Kind(m) == kind);

    public Task<JsonElement?> UntilMediaAsync(int count) => UntilAsync(m => Kind(m) == "media" && Messages.Count(x => Kind(x) == "media") >= count);

    public Task ReadToEndAsync() => UntilAsync(_ => false);

    public Task SendAudioAsync(byte[] mulaw) => SendAsync(new JsonObject
    {
        ["event"] = "media",
        ["streamSid"] = StreamSid,
        ["media"] = new JsonObject { ["payload"] = Convert.ToBase64String(mulaw) },
    });

    public Task SendMarkAsync(string name) =>
        SendAsync(new JsonObject { ["event"] = "mark", ["streamSid"] = StreamSid, ["mark"] = new JsonObject { ["name"] = name } });

    public Task SendClearAsync() => SendAsync(new JsonObject { ["event"] = "clear", ["streamSid"] = StreamSid });

    public Task SendAsync(JsonObject message) => SendTextAsync(message.ToJsonString());

    public Task SendTextAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public async Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure)
    {
        await socket.CloseOutputAsync(status, null, CancellationToken.None);
        await ReadToEndAsync();
    }

    public static string Kind(JsonElement message) => message.GetProperty("event").GetString()!;

    /// <summary>A tone, as mu-law that survives decoding and encoding: of the two zeros only the positive one.</summary>
    public static byte[] Tone(int milliseconds, int hertz = 440)
    {
        var tone = new byte[milliseconds * 8];
        for (var i = 0; i < tone.Length; i++)
            tone[i] = Mulaw.Encode(Mulaw.Decode(Mulaw.Encode((short)(10_000 * Math.Sin(2 * Math.PI * hertz * i / 8000)))));
        return tone;
    }

    private async Task<JsonElement?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            length += received.Count;
            if (!received.EndOfMessage)
                continue;
            var message = JsonElement.Parse(buffer.AsSpan(0, length));
            Messages.Add(message);
            if (Kind(message) == "start")
                StreamSid = message.GetProperty("streamSid").GetString()!;
            return message;
        }
    }
}
