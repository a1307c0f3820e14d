using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

/// <summary>The number of an assistant, as it stands in a webhook's URL: 15 digits, random. On every wire it is a string.</summary>
internal readonly record struct AssistantId(long Value)
{
    private const long First = 100_000_000_000_000;

    /// <summary>
    /// Random, so that the number of a tenant's assistants cannot be read from their ids. One in 9 * 10^14: it may be taken already.
    /// </summary>
    public static AssistantId Random()
    {
        Span<byte> bits = stackalloc byte[8];
        RandomNumberGenerator.Fill(bits);
        // 2^64 is 20,000 times the range: what the remainder prefers cannot be noticed.
        return new(First + (long)(BitConverter.ToUInt64(bits) % (9 * (ulong)First)));
    }

    /// <summary>
    /// Reads an id of the wire: what is none is nobody's assistant. Fewer digits are read too, for ids that were chosen by hand.
    /// </summary>
    public static Result<AssistantId> Parse(string? text) =>
        text is [>= '1' and <= '9', ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new AssistantId(value)
            : AssistantProblems.Unknown;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    internal sealed class Column() : ValueConverter<AssistantId, long>(id => id.Value, value => new(value));
}
