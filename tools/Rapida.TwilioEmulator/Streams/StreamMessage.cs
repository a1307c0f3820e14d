using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Streams;

/// <summary>Which stream of which call.</summary>
internal sealed record StreamIdentity(string StreamSid, string CallSid, string AccountSid, StreamNoun Noun)
{
    public string Name => Noun.Name ?? StreamSid;
}

/// <summary>
/// What Twilio sends. Counters and times are JSON strings; only the sample rate and the number of channels are numbers.
/// </summary>
internal abstract record StreamMessage
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether this message takes a number of the stream's shared sequence.</summary>
    public virtual bool IsNumbered => true;

    // {"event":"connected","protocol":"Call","version":"1.0.0"}
    internal sealed record Connected : StreamMessage
    {
        public override bool IsNumbered => false;

        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            json.WriteString("event", "connected");
            json.WriteString("protocol", "Call");
            json.WriteString("version", "1.0.0");
        }
    }

    // {"event":"start","sequenceNumber":"1","start":{"accountSid":"AC…",…,"customParameters":{}},"streamSid":"MZ…"}
    internal sealed record Start : StreamMessage
    {
        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            Head(json, "start", counters);
            json.WriteStartObject("start");
            json.WriteString("accountSid", stream.AccountSid);
            json.WriteString("streamSid", stream.StreamSid);
            json.WriteString("callSid", stream.CallSid);
            json.WriteStartArray("tracks");
            json.WriteStringValue("inbound");
            json.WriteEndArray();
            json.WriteStartObject("mediaFormat");
            json.WriteString("encoding", "audio/x-mulaw");
            json.WriteNumber("sampleRate", 8000);
            json.WriteNumber("channels", 1);
            json.WriteEndObject();
            json.WriteStartObject("customParameters");
            foreach (var (name, value) in stream.Noun.Parameters)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("streamSid", stream.StreamSid);
        }
    }

    // {"event":"media","sequenceNumber":"2","media":{"track":"inbound","chunk":"1","timestamp":"155","payload":"…"},"streamSid":"MZ…"}
    internal sealed record Media(byte[] Payload, long TimestampMs) : StreamMessage
    {
        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            Head(json, "media", counters);
            json.WriteStartObject("media");
            json.WriteString("track", "inbound");
            json.WriteString("chunk", Text(++counters.Chunk));
            json.WriteString("timestamp", Text(TimestampMs));
            json.WriteBase64String("payload", Payload);
            json.WriteEndObject();
            json.WriteString("streamSid", stream.StreamSid);
        }
    }

    // {"event":"dtmf","streamSid":"MZ…","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"1"}}
    internal sealed record Dtmf(char Digit) : StreamMessage
    {
        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            Head(json, "dtmf", counters);
            json.WriteString("streamSid", stream.StreamSid);
            json.WriteStartObject("dtmf");
            json.WriteString("track", "inbound_track");
            json.WriteString("digit", Digit.ToString());
            json.WriteEndObject();
        }
    }

    // {"event":"mark","sequenceNumber":"4","streamSid":"MZ…","mark":{"name":"my label"}}
    internal sealed record Mark(string Name) : StreamMessage
    {
        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            Head(json, "mark", counters);
            json.WriteString("streamSid", stream.StreamSid);
            json.WriteStartObject("mark");
            json.WriteString("name", Name);
            json.WriteEndObject();
        }
    }

    // {"event":"stop","sequenceNumber":"378","streamSid":"MZ…","stop":{"accountSid":"AC…","callSid":"CA…"}}
    internal sealed record Stop : StreamMessage
    {
        protected override void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters)
        {
            Head(json, "stop", counters);
            json.WriteString("streamSid", stream.StreamSid);
            json.WriteStartObject("stop");
            json.WriteString("accountSid", stream.AccountSid);
            json.WriteString("callSid", stream.CallSid);
            json.WriteEndObject();
        }
    }

    /// <summary>The two counts of a stream, raised as messages are written, in the order of the wire.</summary>
    internal sealed class Counters
    {
        public long Sequence { get; set; }
        public long Chunk { get; set; }
    }

    public ReadOnlyMemory<byte> Write(StreamIdentity stream, Counters counters)
    {
        if (IsNumbered)
            counters.Sequence++;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        WriteBody(json, stream, counters);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    protected abstract void WriteBody(Utf8JsonWriter json, StreamIdentity stream, Counters counters);

    private static void Head(Utf8JsonWriter json, string name, Counters counters)
    {
        json.WriteString("event", name);
        json.WriteString("sequenceNumber", Text(counters.Sequence));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
