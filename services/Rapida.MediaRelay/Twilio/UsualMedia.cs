using System.Buffers;

namespace Rapida.MediaRelay.Twilio;

/// <summary>
/// A media message with its keys in the order in which Twilio writes them, which is nearly all that comes: compared and not parsed. Whatever is otherwise,
/// as Twilio may have it any day, is none, and <see cref="TwilioReader"/> reads it key by key.
/// </summary>
internal static class UsualMedia
{
    // More would not fit into a long.
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    // {"event":"media","sequenceNumber":"2","media":{"track":"inbound","chunk":"1","timestamp":"155","payload":"fn5/…"},"streamSid":"MZ…"}
    public static bool TryRead(ReadOnlySpan<byte> json, ref TwilioMessage message)
    {
        if (!Take(ref json, "{\"event\":\"media\",\"sequenceNumber\":\""u8) || !TakeNumber(ref json, out var sequenceNumber)
            || !Take(ref json, "\",\"media\":{\"track\":\"inbound\",\"chunk\":\""u8) || !TakeNumber(ref json, out _)
            || !Take(ref json, "\",\"timestamp\":\""u8) || !TakeNumber(ref json, out var timestamp)
            || !Take(ref json, "\",\"payload\":\""u8) || !TakeAll(ref json, Base64, out var payload)
            || !Take(ref json, "\"},\"streamSid\":\""u8) || !TakeAll(ref json, Base64, out var streamSid)
            || !json.SequenceEqual("\"}"u8))
            return false;

        (message.Event, message.SequenceNumber, message.TimestampMs) = (TwilioEvent.Media, sequenceNumber, timestamp);
        message.Payload = payload;
        message.StreamSid = streamSid;
        return true;
    }

    private static bool Take(scoped ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> text)
    {
        if (!json.StartsWith(text))
            return false;
        json = json[text.Length..];
        return true;
    }

    private static bool TakeNumber(scoped ref ReadOnlySpan<byte> json, out long number)
    {
        number = 0;
        if (!TakeAll(ref json, Digits, out var digits) || digits.Length > MostDigits)
            return false;
        foreach (var digit in digits)
            number = number * 10 + (digit - '0');
        return true;
    }

    /// <summary>At least one of these.</summary>
    private static bool TakeAll(scoped ref ReadOnlySpan<byte> json, SearchValues<byte> these, out ReadOnlySpan<byte> taken)
    {
        var length = json.IndexOfAnyExcept(these);
        taken = length > 0 ? json[..length] : [];
        json = json[taken.Length..];
        return length > 0;
    }
}
