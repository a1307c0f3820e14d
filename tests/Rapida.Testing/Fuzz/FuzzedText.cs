using System.Text;

namespace Rapida.Testing.Fuzz;

/// <summary>Values that somebody will not have thought of.</summary>
public static class FuzzedText
{
    private static readonly string[] Odd =
    [
        "", " ", "\0", "a\0b", "\r\n", "\t", "-1", "0", "00", "+5", " 5", "5 ", "1.5", "1e9", "0x10", "NaN", "2147483647", "2147483648", "-2147483649",
        "9223372036854775808", "99999999999999999999999999", "٣٤", "１２", "½", "true", "null", "undefined", "[]", "{}",
        "Tue, 31 Aug 2010 20:36:28 +0000", "Mon, 01 Jan 0000 00:00:00 +0000", "99999-12-31T23:59:59Z", "0000-00-00T00:00:00.999999999Z",
        "é✓𝄞", "\u202egnirts", "\ufeff", "\ufffd", "\u0000\u0001\u001f", "İı", "ﬀ", "e\u0301", "'; drop table calls; --", "${jndi:ldap://x}", "%s%n",
        "../../etc/passwd", "<Response/>", "<![CDATA[", "&lt;&#0;", "{{name}}", "+15551230000", "anonymous", "sip:a@b", "client:joe",
    ];

    private static readonly byte[][] OddBytes =
    [
        "%"u8.ToArray(), "%Z"u8.ToArray(), "%ZZ"u8.ToArray(), "%0"u8.ToArray(), "%00"u8.ToArray(), "%C0%80"u8.ToArray(), "%E0%80%AF"u8.ToArray(),
        "%ED%A0%80"u8.ToArray(), "%F4%90%80%80"u8.ToArray(), "%FF%FE"u8.ToArray(), "%u0000"u8.ToArray(), "&&&"u8.ToArray(), "==="u8.ToArray(),
        "&="u8.ToArray(), "=&"u8.ToArray(), ";"u8.ToArray(), "+"u8.ToArray(), "a=1&a=2&a"u8.ToArray(), "CallSid"u8.ToArray(), "&CallSid=%00"u8.ToArray(),
        [0], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x80],
    ];

    /// <summary>One of them.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>True once in so many times.</summary>
    public static bool OneIn(this Random random, int times) => random.Next(times) == 0;

    /// <summary>A value; rarely a long one, which does not compress.</summary>
    public static string Value(Random random) => random.Next(20) switch
    {
        0 => Noise(random, random.Next(4_000)),
        1 => new string('x', random.Next(2_000)),
        2 => random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => Noise(random, random.Next(40)),
        4 => random.Pick(Odd) + random.Pick(Odd),
        _ => random.Pick(Odd),
    };

    /// <summary>Characters of the Basic Multilingual Plane, NUL among them.</summary>
    public static string Noise(Random random, int length) => string.Create(length, random, static (text, random) =>
    {
        foreach (ref var character in text)
        {
            var drawn = (char)(random.OneIn(4) ? random.Next(0x10000) : random.Next(0x80));
            // Half a pair is no text: it could not be encoded.
            character = char.IsSurrogate(drawn) ? '?' : drawn;
        }
    });

    /// <summary>Bytes that a form may be made of, and a few that it may not.</summary>
    public static byte[] FormBytes(Random random)
    {
        var bytes = new List<byte>();
        for (var pieces = random.Next(30); pieces > 0; pieces--)
            bytes.AddRange(random.Next(3) switch
            {
                0 => random.Pick(OddBytes),
                1 => Encoding.UTF8.GetBytes(Value(random)),
                _ => Encoding.ASCII.GetBytes($"&{random.Pick(Names)}="),
            });
        return [.. bytes];
    }

    /// <summary>Names that Twilio uses, and that our own code reads.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "CallSid", "AccountSid", "From", "To", "CallStatus", "Direction", "ParentCallSid", "SequenceNumber", "Timestamp", "CallbackSource", "StreamEvent",
        "StreamSid", "StreamError", "StreamName", "DialCallStatus", "DialCallSid", "DialCallDuration", "Digits", "AnsweredBy", "MachineDetectionDuration",
        "CallDuration", "Duration", "RecordingStatus", "RecordingSid", "RecordingUrl", "ErrorCode", "ErrorUrl", "SipResponseCode", "SpeechResult", "Confidence",
        "ApiVersion", "CallToken", "x-api-key", "X-Twilio-Signature", "",
    ];

    /// <summary>Words that Twilio uses, for the fields that decide something.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled", "answered", "COMPLETED", "stream-started",
        "stream-stopped", "stream-error", "human", "machine_start", "absent", "call-progress-events", "1", "2", "3", "60",
    ];
}
