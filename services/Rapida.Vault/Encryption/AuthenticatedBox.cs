using System.Security.Cryptography;

namespace Rapida.Vault.Encryption;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with everything that opening needs in one blob:
/// <code>
/// 0        1               13            29
/// +--------+---------------+-------------+------------------
/// | 0x01   | nonce, 96 bit | tag, 128 bit| ciphertext …
/// +--------+---------------+-------------+------------------
/// </code>
/// The first byte is the layout's version: a later layout gets another, and both can be read side by side.
/// </summary>
internal static class AuthenticatedBox
{
    public const int KeySize = 32;

    private const byte Version = 1;
    private const int NonceStart = 1;
    private const int TagStart = NonceStart + 12;
    private const int TextStart = TagStart + 16;

    /// <summary>
    /// Seals under a fresh random nonce. A data key is used once; a ring key may wrap 2^32 times before random nonces of 96 bits come too
    /// close to repeating (SP 800-38D, section 8.3): rotate it long before.
    /// </summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> associatedData)
    {
        var box = new byte[TextStart + text.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(NonceStart..TagStart));
        using var aes = new AesGcm(key, TextStart - TagStart);
        aes.Encrypt(box.AsSpan(NonceStart..TagStart), text, box.AsSpan(TextStart), box.AsSpan(TagStart..TextStart), associatedData);
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made with the same key and associated data.</summary>
    /// <exception cref="CryptographicException">It was not, or a bit of it has changed since.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associatedData)
    {
        if (box.Length < TextStart || box[0] != Version)
            throw new CryptographicException("This is no box of a known version.");

        var text = new byte[box.Length - TextStart];
        using var aes = new AesGcm(key, TextStart - TagStart);
        aes.Decrypt(box[NonceStart..TagStart], box[TextStart..], box[TagStart..TextStart], text, associatedData);
        return text;
    }
}
