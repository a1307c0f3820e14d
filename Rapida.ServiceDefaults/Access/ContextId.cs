using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// The name of a media context in a public URL: base64url of 16 random bytes and the first 8 bytes of their HMAC-SHA256. CallControl makes it
/// and the relays check it, so that a forged socket costs no question to anyone.
/// </summary>
public static class ContextId
{
    private const int RandomBytes = 16;
    private const int MacBytes = 8;

    /// <summary>A new id, 32 characters.</summary>
    /// <param name="key"><c>Media:ContextKey</c>, the same in CallControl and in every relay.</param>
    public static string New(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[RandomBytes + MacBytes];
        RandomNumberGenerator.Fill(id[..RandomBytes]);
        Mac(key, id[..RandomBytes], id[RandomBytes..]);
        return Base64Url.EncodeToString(id);
    }

    /// <summary>Whether <paramref name="text"/> was made by <see cref="New"/> with this key.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> key, string text)
    {
        Span<byte> id = stackalloc byte[RandomBytes + MacBytes];
        if (text.Length != Base64Url.GetEncodedLength(id.Length)
            || Base64Url.DecodeFromChars(text, id, out _, out var written) is not OperationStatus.Done
            || written != id.Length)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        Mac(key, id[..RandomBytes], mac);
        return CryptographicOperations.FixedTimeEquals(mac, id[RandomBytes..]);
    }

    private static void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> random, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, random, whole);
        whole[..MacBytes].CopyTo(mac);
    }
}
