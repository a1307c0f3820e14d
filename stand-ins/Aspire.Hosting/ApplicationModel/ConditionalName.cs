using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The name of a conditional expression in a manifest: <c>cond-cache-bindings-tcp-tlsenabled-3eddb73a</c>.</summary>
internal static class ConditionalName
{
    public static string Of(ReferenceExpression conditional)
    {
        var condition = conditional.Condition is IManifestExpressionProvider manifest ? manifest.ValueExpression : conditional.Condition!.GetType().Name;
        var words = condition.Split(condition.Where(letter => !char.IsLetterOrDigit(letter)).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);
        var text = condition + conditional.WhenTrue!.ValueExpression + conditional.WhenFalse!.ValueExpression + conditional.MatchValue;
        return $"cond-{string.Join('-', words).ToLowerInvariant()}-{XxHash32(Encoding.UTF8.GetBytes(text)):x8}";
    }

    // https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, with seed 0.
    private static uint XxHash32(ReadOnlySpan<byte> data)
    {
        const uint Prime1 = 2654435761, Prime2 = 2246822519, Prime3 = 3266489917, Prime4 = 668265263, Prime5 = 374761393;
        var rest = data;
        var hash = Prime5;
        if (data.Length >= 16)
        {
            Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
            for (; rest.Length >= 16; rest = rest[16..])
            {
                for (var lane = 0; lane < 4; lane++)
                {
                    var word = BinaryPrimitives.ReadUInt32LittleEndian(rest[(4 * lane)..]);
                    lanes[lane] = BitOperations.RotateLeft(lanes[lane] + word * Prime2, 13) * Prime1;
                }
            }

            hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
                + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        }

        hash += (uint)data.Length;
        for (; rest.Length >= 4; rest = rest[4..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3, 17) * Prime4;
        foreach (var last in rest) hash = BitOperations.RotateLeft(hash + last * Prime5, 11) * Prime1;

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }
}
