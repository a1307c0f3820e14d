using System.Buffers.Text;
using System.Security.Cryptography;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// The id of a media context: 16 random bytes and the first 8 of their HMAC-SHA-256, as base64url (32 characters). It stands in URLs;
/// a forged one is refused without a look-up.
/// </summary>
public static class ContextId
{
    private const int RandomBytes = 16;
    private const int MacBytes = 8;

    /// <summary>A new id under this key.</summary>
    public static string New(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[RandomBytes + MacBytes];
        RandomNumberGenerator.Fill(id[..RandomBytes]);
        Mac(key, id[..RandomBytes], id[RandomBytes..]);
        return Base64Url.EncodeToString(id);
    }

    /// <summary>Whether this key made the id.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> key, string text)
    {
        Span<byte> id = stackalloc byte[RandomBytes + MacBytes];
        if (text.Length != Base64Url.GetEncodedLength(id.Length) || !Base64Url.TryDecodeFromChars(text, id, out var written) || written != id.Length)
            return false;

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
