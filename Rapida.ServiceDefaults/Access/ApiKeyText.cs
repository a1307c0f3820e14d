using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// The text of a key of the public API: <c>rpd-</c>, a lookup id of 12 characters, <c>-</c>, a secret of 32 (190 bits) and a checksum of 6,
/// all of <c>0-9A-Za-z</c>. The checksum tells a mistyped or cut key without a look at the database; it proves nothing else.
/// </summary>
[DebuggerDisplay("{Display}")]
public sealed class ApiKeyText
{
    private const string Prefix = "rpd-";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int LookupIdLength = 12;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private const int LookupIdStart = 4;
    private const int SecretStart = LookupIdStart + LookupIdLength + 1;
    private const int ChecksumStart = SecretStart + SecretLength;
    private const int Length = ChecksumStart + ChecksumLength;
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    private readonly string _text;

    private ApiKeyText(string text) => _text = text;

    /// <summary>Finds the key's row. Not secret.</summary>
    public string LookupId => _text.Substring(LookupIdStart, LookupIdLength);

    /// <summary>The part that may be shown: <c>rpd-7hQ2mXc04LbT-…</c>.</summary>
    public string Display => DisplayOf(LookupId);

    /// <summary>A new random key.</summary>
    public static ApiKeyText Generate()
    {
        var lookupId = RandomNumberGenerator.GetString(Alphabet, LookupIdLength);
        var secret = RandomNumberGenerator.GetString(Alphabet, SecretLength);
        var text = $"{Prefix}{lookupId}-{secret}";
        return new(text + Checksum(text));
    }

    /// <summary>Reads a key; false for anything that no <see cref="Generate"/> can have made.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        var valid = text is { Length: Length }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[SecretStart - 1] == '-'
            && !text.AsSpan(LookupIdStart, LookupIdLength).ContainsAnyExcept(Letters)
            && !text.AsSpan(SecretStart).ContainsAnyExcept(Letters)
            && text.AsSpan(ChecksumStart).SequenceEqual(Checksum(text.AsSpan(0, ChecksumStart)));
        key = valid ? new(text!) : null;
        return valid;
    }

    /// <summary>What may be shown of the key with this lookup id.</summary>
    public static string DisplayOf(string lookupId) => $"{Prefix}{lookupId}-…";

    /// <summary>The whole key. Never log it, never put it in an exception, a span or an event.</summary>
    public string Reveal() => _text;

    /// <summary>Only the part that may be shown.</summary>
    public override string ToString() => Display;

    // The first 64 bits of SHA-256 over what comes before, in six digits of base 62: one typo in 57 thousand million goes unnoticed.
    private static string Checksum(ReadOnlySpan<char> text)
    {
        Span<byte> ascii = stackalloc byte[ChecksumStart];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(text, ascii)], digest);

        var rest = BinaryPrimitives.ReadUInt64BigEndian(digest);
        Span<char> digits = stackalloc char[ChecksumLength];
        foreach (ref var digit in digits)
            (rest, digit) = (rest / (ulong)Alphabet.Length, Alphabet[(int)(rest % (ulong)Alphabet.Length)]);
        return new(digits);
    }
}
