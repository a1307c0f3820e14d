using System.Text;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing.Fuzz;

namespace Rapida.MediaRelay.Tests.Streams;

/// <summary>Makes up what comes over one media socket: right messages, so that the session goes on, and wrong ones of every kind between them.</summary>
internal sealed class StreamFuzz(Random random)
{
    public const string Stop = """{"event":"stop","sequenceNumber":"9","streamSid":"MZ1","stop":{"accountSid":"AC1","callSid":"CA1"}}""";
    private const string Connected = """{"event":"connected","protocol":"Call","version":"1.0.0"}""";
    private const string Ticket = "\"ticket\":\"ticket\"";

    private static readonly string[] Numbers = ["0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "", "x", "1.5", "٣"];
    private static readonly string[] Marks = ["1:1", "0:1", "0:2", "0:3", "1:0", "-1:-1", "2147483648:1", "0:", ":", "", "0:1 ", "x", "0:2147483647"];
    private static readonly string[] Keys = ["1", "#", "*", "A", "D", "E", "", "12", "é", "\\u0031", "w", " "];

    // Wrong before a payload is looked at.
    private static readonly byte[][] WrongFrames =
    [
        [0x91, 0x80, 0, 0, 0, 0], [0xF1, 0x80, 0, 0, 0, 0], [0x83, 0x80, 0, 0, 0, 0], [0x8B, 0x80, 0, 0, 0, 0], [0x81, 0x01, (byte)'x'], [0x80, 0x80, 0, 0, 0, 0],
        [0x09, 0x80, 0, 0, 0, 0], [0x89, 0xFE, 0, 200, 0, 0, 0, 0], [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x81, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [0, 0, 0, 0, 0, 0, 0, 0],
    ];

    private int _sent;

    /// <summary>Before the stream has started.</summary>
    /// <returns>What it was, for the report.</returns>
    public string PutNoise(RawSocket socket) => random.OneIn(2) ? Put(socket, "before start", Connected) : PutOdd(socket);

    /// <summary>The start; one time in eight it is not as it should be.</summary>
    public string PutStart(RawSocket socket)
    {
        var parameters = random.Next(16) switch
        {
            0 => "\"ticket\":\"forged\"",
            1 => string.Concat(Enumerable.Range(0, 500).Select(i => $"\"p{i}\":\"{i}\",")) + Ticket,
            2 => $"{Ticket},\"\":null,\"a\":[{{}}],\"\\u0000\":\"\\ud800\"",
            _ => Ticket,
        };
        var start = $$$"""{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1","tracks":["inbound","{{{random.Pick(Marks)}}}"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{{{{parameters}}}}},"streamSid":"MZ1"}""";
        return random.OneIn(12) ? Put(socket, "odd start", RawSocket.Text, FuzzedJson.Spoil(random, start)) : Put(socket, "start", start);
    }

    /// <summary>While the stream flows.</summary>
    public string PutNext(RawSocket socket) => random.OneIn(2) ? Put(socket, "media", Media(_sent, Frame(160))) : PutOdd(socket);

    private string PutOdd(RawSocket socket) => random.Next(20) switch
    {
        0 => Put(socket, "odd media", Media(random.Pick(Numbers), random.Pick(["", "=", "A", "AA", "AAA", "AAAA", "\\/\\/\\/\\/", "fn5_", "f n5", "\u202e", Frame(1), Frame(159), Frame(161)]))),
        1 => Put(socket, "large media", Media(_sent, Frame(random.Next(40_000)))),
        2 or 3 => Put(socket, "mark", $$$"""{"event":"mark","sequenceNumber":"{{{random.Pick(Numbers)}}}","streamSid":"MZ1","mark":{"name":"{{{random.Pick(Marks)}}}"}}"""),
        4 or 5 => Put(socket, "key", $$$"""{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"{{{random.Pick(Keys)}}}"}}"""),
        6 => Put(socket, "binary", RawSocket.Binary, FuzzedText.FormBytes(random)),
        7 => PutPieces(socket),
        8 => Put(socket, "ping", RawSocket.Ping, new byte[random.Next(126)]),
        9 => Put(socket, "deep", FuzzedJson.Deep(random)),
        10 => Put(socket, "other stream", Media(_sent, Frame(160)).Replace("MZ1", random.Pick(["MZ2", "", "mz1", "MZ1\\u0000"]), StringComparison.Ordinal)),
        11 => Put(socket, "connected", random.Pick([Connected, "{}", "[]", "null", "\"media\"", "{\"event\":1}", "{\"event\":[\"media\"]}"])),
        12 when random.OneIn(20) => Put(socket, "too long", RawSocket.Text, Encoding.ASCII.GetBytes(Media(_sent, Frame(random.Pick([48_800, 49_000, 60_000, 200_000]))))),
        13 when random.OneIn(40) => Put(socket, "no UTF-8", RawSocket.Text, [.. "{\"event\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8]),
        14 when random.OneIn(60) => PutWrong(socket),
        15 when random.OneIn(60) => Put(socket, "start again", """{"event":"start","start":{"streamSid":"MZ2","callSid":"CA2"},"streamSid":"MZ1"}"""),
        16 when random.OneIn(200) => Put(socket, "stop", Stop),
        _ => Put(socket, "spoilt", RawSocket.Text, FuzzedJson.Spoil(random, random.Pick([Media(_sent, Frame(160)), Connected, Stop.Replace("stop", "mark", StringComparison.Ordinal)]))),
    };

    private string Frame(int length)
    {
        var audio = new byte[length];
        // Silence, or noise that a detector may take for a voice.
        if (random.OneIn(2))
            random.NextBytes(audio);
        else
            audio.AsSpan().Fill(0xFF);
        return Convert.ToBase64String(audio);
    }

    private static string Media(object number, string payload) =>
        $$$"""{"event":"media","sequenceNumber":"{{{number}}}","media":{"track":"inbound","chunk":"{{{number}}}","timestamp":"{{{number}}}","payload":"{{{payload}}}"},"streamSid":"MZ1"}""";

    private string Put(RawSocket socket, string kind, string text) => Put(socket, kind, RawSocket.Text, Encoding.UTF8.GetBytes(text));

    private string Put(RawSocket socket, string kind, byte opcode, byte[] payload)
    {
        _sent++;
        socket.Put(opcode, payload);
        return kind;
    }

    private string PutPieces(RawSocket socket)
    {
        var message = Encoding.UTF8.GetBytes(Media(_sent, Frame(160)));
        var at = random.Next(message.Length);
        socket.Put(RawSocket.Text, message.AsSpan(0, at), isFinal: false);
        if (random.OneIn(2))
            socket.Put(RawSocket.Ping, []);
        socket.Put(RawSocket.Continuation, [], isFinal: false);
        // Once in a while the rest does not come, and a new message begins instead: that is against the protocol.
        if (!random.OneIn(100))
            socket.Put(RawSocket.Continuation, message.AsSpan(at));
        return "in pieces";
    }

    private string PutWrong(RawSocket socket)
    {
        socket.PutRaw(random.Pick(WrongFrames));
        return "wrong frame";
    }
}
