using System.Net.Mail;

namespace Rapida.Vault.Members;

/// <summary>An address by which one person is known.</summary>
internal static class MemberEmail
{
    /// <summary>RFC 5321 section 4.5.3.1.3: a path has 256 octets, two of them angle brackets.</summary>
    public const int MaxLength = 254;

    /// <summary>In lower case; null for what is no bare address, such as <c>Ann &lt;ann@example.com&gt;</c>.</summary>
    public static string? Parse(string? text) =>
        text is { Length: > 0 and <= MaxLength } && MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(char.IsControl)
            ? text.ToLowerInvariant()
            : null;
}
