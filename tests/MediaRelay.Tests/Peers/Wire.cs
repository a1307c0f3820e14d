using System.Text;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Twilio;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>What Twilio may put on the wire, and what a relay's stream makes of it.</summary>
internal sealed class Wire : IStreamListener
{
    public const string StreamSid = "MZ1";

    public const string Start =
        """{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1"},"streamSid":"MZ1"}""";

    public List<byte> Audio { get; } = [];

    public List<Mark> Marks { get; } = [];

    public string Keys { get; private set; } = "";

    /// <summary>Frame <paramref name="number"/> counts from 1; its audio is that number, 160 times.</summary>
    public static string Media(int number) => Media(number, Frame(number));

    public static string Media(int number, byte[] audio) =>
        $$$"""{"event":"media","sequenceNumber":"{{{number + 1}}}","media":{"track":"inbound","chunk":"{{{number}}}","timestamp":"{{{135 + (number * 20)}}}","payload":"{{{Convert.ToBase64String(audio)}}}"},"streamSid":"MZ1"}""";

    public static byte[] Frame(int number) => [.. Enumerable.Repeat((byte)number, 160)];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static ScriptedSocket.Piece Piece(string text) => new(Utf8(text));

    /// <summary>Hears a stream that starts and then brings these pieces, to its end.</summary>
    public async Task<TwilioStream> HearAsync(IEnumerable<ScriptedSocket.Piece> pieces)
    {
        using var socket = new ScriptedSocket(pieces.Prepend(Piece(Start)).GetEnumerator());
        var stream = new TwilioStream(socket, new RelayOptions(), new ManualTimeProvider());
        Assert.NotNull(await stream.StartAsync(CancellationToken.None));
        await stream.ListenAsync(this);
        return stream;
    }

    void IStreamListener.Audio(ReadOnlySpan<byte> mulaw) => Audio.AddRange(mulaw);

    void IStreamListener.Returned(Mark mark) => Marks.Add(mark);

    void IStreamListener.Pressed(char key) => Keys += key;
}
