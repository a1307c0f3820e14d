using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Twilio;

/// <summary>
/// Reads Twilio's messages, whose keys come in any order. A media message costs no allocation unless its payload is escaped (<c>\/</c>).
/// </summary>
internal static class TwilioReader
{
    // {"event":"media","sequenceNumber":"2","media":{"track":"inbound","chunk":"1","timestamp":"155","payload":"fn5/…"},"streamSid":"MZ…"}
    public static TwilioMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new TwilioMessage();
        if (UsualMedia.TryRead(json, ref message))
            return message;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return new TwilioMessage { Event = TwilioEvent.Malformed };

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
                ReadMember(ref reader, ref message);
            // Whatever follows the object makes the message malformed.
            reader.Read();
            return message;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new TwilioMessage { Event = TwilioEvent.Malformed };
        }
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref TwilioMessage message)
    {
        if (reader.ValueTextEquals("event"u8))
        {
            reader.Read();
            message.Event = EventOf(ref reader);
        }
        else if (reader.ValueTextEquals("sequenceNumber"u8))
            message.SequenceNumber = NextNumber(ref reader) ?? 0;
        else if (reader.ValueTextEquals("streamSid"u8))
        {
            reader.Read();
            message.StreamSid = Text(ref reader);
        }
        else if (reader.ValueTextEquals("media"u8))
            ReadObject(ref reader, ref message, ReadMediaMember);
        else if (reader.ValueTextEquals("mark"u8))
            ReadObject(ref reader, ref message, ReadMarkMember);
        else if (reader.ValueTextEquals("dtmf"u8))
            ReadObject(ref reader, ref message, ReadDtmfMember);
        else if (reader.ValueTextEquals("start"u8))
        {
            message.Start = new StreamStart();
            ReadObject(ref reader, ref message, ReadStartMember);
        }
        else
            reader.Skip();
    }

    private delegate void MemberReader(ref Utf8JsonReader reader, ref TwilioMessage message);

    private static void ReadObject(ref Utf8JsonReader reader, ref TwilioMessage message, MemberReader readMember)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            readMember(ref reader, ref message);
    }

    private static void ReadMediaMember(ref Utf8JsonReader reader, ref TwilioMessage message)
    {
        if (reader.ValueTextEquals("payload"u8))
        {
            reader.Read();
            message.Payload = Text(ref reader);
        }
        else if (reader.ValueTextEquals("timestamp"u8))
            message.TimestampMs = NextNumber(ref reader);
        else
            reader.Skip();
    }

    private static void ReadMarkMember(ref Utf8JsonReader reader, ref TwilioMessage message)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            reader.Read();
            _ = Mark.TryParse(Text(ref reader), out message.Mark);
        }
        else
            reader.Skip();
    }

    private static void ReadDtmfMember(ref Utf8JsonReader reader, ref TwilioMessage message)
    {
        if (reader.ValueTextEquals("digit"u8))
        {
            reader.Read();
            if (Text(ref reader) is [var digit])
                message.Digit = (char)digit;
        }
        else
            reader.Skip();
    }

    private static void ReadStartMember(ref Utf8JsonReader reader, ref TwilioMessage message)
    {
        var start = message.Start!;
        if (reader.ValueTextEquals("streamSid"u8))
            start.StreamSid = NextString(ref reader);
        else if (reader.ValueTextEquals("callSid"u8))
            start.CallSid = NextString(ref reader);
        else if (reader.ValueTextEquals("accountSid"u8))
            start.AccountSid = NextString(ref reader);
        else if (reader.ValueTextEquals("customParameters"u8))
            ReadObject(ref reader, ref message, ReadParameter);
        else
            reader.Skip();
    }

    private static void ReadParameter(ref Utf8JsonReader reader, ref TwilioMessage message) =>
        message.Start!.Parameters[reader.GetString()!] = NextString(ref reader);

    /// <summary>Of a string of digits and nothing else; null when it is something else.</summary>
    private static long? NextNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        var digits = Text(ref reader);
        return Utf8Parser.TryParse(digits, out long number, out var used) && used == digits.Length ? number : null;
    }

    private static string NextString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Encoding.UTF8.GetString(Text(ref reader));
    }

    private static TwilioEvent EventOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
            return Skipped(ref reader);
        if (reader.ValueTextEquals("media"u8))
            return TwilioEvent.Media;
        if (reader.ValueTextEquals("mark"u8))
            return TwilioEvent.Mark;
        if (reader.ValueTextEquals("dtmf"u8))
            return TwilioEvent.Dtmf;
        if (reader.ValueTextEquals("stop"u8))
            return TwilioEvent.Stop;
        if (reader.ValueTextEquals("start"u8))
            return TwilioEvent.Start;
        return reader.ValueTextEquals("connected"u8) ? TwilioEvent.Connected : TwilioEvent.Unknown;
    }

    private static TwilioEvent Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return TwilioEvent.Unknown;
    }

    /// <summary>A string's bytes; empty when the value is no string.</summary>
    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return [];
        }

        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;

        var plain = new byte[reader.ValueSpan.Length];
        return plain.AsSpan(0, reader.CopyString(plain));
    }
}
