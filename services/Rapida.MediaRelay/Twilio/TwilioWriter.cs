using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Twilio;

/// <summary>
/// Writes the three messages that Twilio takes, with exactly the fields that it takes: one more or less and the message is refused (31951).
/// One buffer for the whole stream: what was written must be sent before the next is written.
/// </summary>
internal sealed class TwilioWriter
{
    private readonly byte[] _mediaHead;
    private readonly byte[] _markHead;
    private readonly byte[] _clear;
    private readonly byte[] _buffer;

    /// <param name="streamSid">MZ…, as <c>start</c> gave it.</param>
    /// <param name="longestAudio">Bytes of mu-law in the longest message.</param>
    public TwilioWriter(string streamSid, int longestAudio)
    {
        var sid = JsonEncodedText.Encode(streamSid).ToString();
        _mediaHead = Encoding.UTF8.GetBytes($$"""{"event":"media","streamSid":"{{sid}}","media":{"payload":"{{""}}""");
        _markHead = Encoding.UTF8.GetBytes($$"""{"event":"mark","streamSid":"{{sid}}","mark":{"name":"{{""}}""");
        _clear = Encoding.UTF8.GetBytes($$"""{"event":"clear","streamSid":"{{sid}}"}""");
        _buffer = new byte[Math.Max(_mediaHead.Length, _markHead.Length) + Base64.GetMaxEncodedToUtf8Length(longestAudio) + 64];
    }

    public ReadOnlyMemory<byte> Media(ReadOnlySpan<byte> mulaw)
    {
        _mediaHead.CopyTo(_buffer, 0);
        Base64.EncodeToUtf8(mulaw, _buffer.AsSpan(_mediaHead.Length), out _, out var written);
        return End(_mediaHead.Length + written);
    }

    public ReadOnlyMemory<byte> Mark(Mark mark)
    {
        _markHead.CopyTo(_buffer, 0);
        mark.TryFormat(_buffer.AsSpan(_markHead.Length), out var written);
        return End(_markHead.Length + written);
    }

    public ReadOnlyMemory<byte> Clear() => _clear;

    private ReadOnlyMemory<byte> End(int length)
    {
        "\"}}"u8.CopyTo(_buffer.AsSpan(length));
        return _buffer.AsMemory(0, length + 3);
    }
}
