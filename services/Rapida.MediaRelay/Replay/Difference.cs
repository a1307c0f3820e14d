namespace Rapida.MediaRelay.Replay;

internal enum Side
{
    Both,
    Before,
    After,
}

/// <summary>A line of a comparison.</summary>
internal readonly record struct Difference(Side Is, Outcome Outcome)
{
    /// <summary>The shortest way from one list to the other: their longest common subsequence stays.</summary>
    public static IReadOnlyList<Difference> Of(IReadOnlyList<Outcome> before, IReadOnlyList<Outcome> after)
    {
        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
            for (var j = after.Count - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var lines = new List<Difference>();
        for (var (i, j) = (0, 0); i < before.Count || j < after.Count;)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                lines.Add(new(Side.Both, before[i++]));
                j++;
            }
            else if (j == after.Count || (i < before.Count && common[i + 1, j] >= common[i, j + 1]))
                lines.Add(new(Side.Before, before[i++]));
            else
                lines.Add(new(Side.After, after[j++]));
        }

        return lines;
    }

    public override string ToString() => $"{(Is is Side.Both ? ' ' : Is is Side.Before ? '-' : '+')} {Outcome}";
}
