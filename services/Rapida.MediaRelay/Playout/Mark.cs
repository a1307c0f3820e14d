using System.Buffers.Text;

namespace Rapida.MediaRelay.Playout;

/// <summary>A place in what was sent. After a clear, marks of older generations prove nothing.</summary>
/// <param name="Generation">Counts the clears of the stream.</param>
/// <param name="Number">Counts the stream's marks from 1; 0 is no mark of ours.</param>
internal readonly record struct Mark(int Generation, int Number)
{
    // "3:17"
    public bool TryFormat(Span<byte> name, out int written)
    {
        written = 0;
        if (!Utf8Formatter.TryFormat(Generation, name, out var generation) || generation == name.Length)
            return false;

        name[generation] = (byte)':';
        if (!Utf8Formatter.TryFormat(Number, name[(generation + 1)..], out var number))
            return false;

        written = generation + 1 + number;
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> name, out Mark mark)
    {
        mark = default;
        if (!Utf8Parser.TryParse(name, out int generation, out var used) || used >= name.Length || name[used] != ':')
            return false;
        if (!Utf8Parser.TryParse(name[(used + 1)..], out int number, out var rest) || used + 1 + rest != name.Length)
            return false;

        mark = new Mark(generation, number);
        return true;
    }
}
