using System.Security.Cryptography;
using System.Text;

namespace Rapida.CallControl.Calls;

/// <summary>A UUID that stands for a person's number within one project: HMAC-SHA-256 under a key that never rotates.</summary>
internal static class PartyId
{
    /// <summary>The same for the same number, and useless to whoever lacks the key. Version 8 of RFC 9562: our own making.</summary>
    public static Guid Of(ReadOnlySpan<byte> indexKey, Guid projectId, string address) =>
        Of(indexKey, $"{projectId:N}{address}");

    /// <summary>The same for the same text.</summary>
    public static Guid Of(ReadOnlySpan<byte> indexKey, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
