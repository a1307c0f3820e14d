using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Twilio;

internal enum TwilioEvent
{
    /// <summary>Valid JSON that we do not know: new kinds of messages come without notice.</summary>
    Unknown,
    Malformed,
    Connected,
    Start,
    Media,
    Dtmf,
    Mark,
    Stop,
}

/// <summary>One message of Twilio's. It lives as long as the bytes that it was read from.</summary>
internal ref struct TwilioMessage
{
    public TwilioEvent Event;

    /// <summary>Counts the stream's messages from 1, without gaps; 0 when it is not said. <c>connected</c> is not counted.</summary>
    public long SequenceNumber;

    /// <summary>Empty when it is not said, as in <c>connected</c>.</summary>
    public ReadOnlySpan<byte> StreamSid;

    /// <summary>media: base64, without JSON's escapes.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>media: milliseconds since the stream began. Jitters; the first is not 0. Null when it is not said.</summary>
    public long? TimestampMs;

    /// <summary>dtmf: 0-9, *, #, A-D.</summary>
    public char Digit;

    /// <summary>mark: ours, or the default when the name is none of ours.</summary>
    public Mark Mark;

    /// <summary>start: who calls.</summary>
    public StreamStart? Start;
}

/// <summary>What <c>start</c> says.</summary>
internal sealed record StreamStart
{
    public string StreamSid { get; set; } = "";

    public string CallSid { get; set; } = "";

    public string AccountSid { get; set; } = "";

    /// <summary>The <c>&lt;Parameter&gt;</c>s of the TwiML.</summary>
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);
}
