using System.Globalization;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.ServiceDefaults.Endpoints;

/// <summary>Lists are read in pages: <c>page_size</c> and <c>page_token</c> of a query, <c>next_page_token</c> of the answer.</summary>
public static class Paging
{
    /// <summary>Either is not what it should be.</summary>
    public static readonly Problem Invalid = new(
        ProblemKind.Invalid, "page_invalid", "page_size is 1 to 100, and page_token is what the last page returned.");

    private const int Default = 50;
    private const int Most = 100;

    /// <typeparam name="TKey">What the rows are ordered by. The token is the last that was shown: rows may come and go between two pages.</typeparam>
    /// <param name="size">How many rows at most: 1 to 100. Null: 50.</param>
    /// <param name="token">Null or empty: the first page.</param>
    public static Result<PageRequest<TKey>> Parse<TKey>(int? size, string? token)
        where TKey : struct, IParsable<TKey>
    {
        TKey? last = null;
        if (!string.IsNullOrEmpty(token))
        {
            if (!TKey.TryParse(token, CultureInfo.InvariantCulture, out var key))
                return Invalid;
            last = key;
        }

        return size is < 1 or > Most ? Invalid : new PageRequest<TKey>(size ?? Default, last);
    }
}

/// <summary>Which page is asked for.</summary>
/// <param name="Size">How many rows at most.</param>
/// <param name="Last">The key of the last row of the page before; null: the first page.</param>
public sealed record PageRequest<TKey>(int Size, TKey? Last)
    where TKey : struct
{
    /// <summary>How many rows are read: one more than is shown tells that there is a next page.</summary>
    public int Rows => Size + 1;

    /// <summary>The page of <paramref name="rows"/>, of which there are at most <see cref="Rows"/>.</summary>
    public Page<T> Of<T>(List<T> rows, Func<T, TKey> keyOf) => rows.Count > Size
        ? new(rows[..Size], string.Create(CultureInfo.InvariantCulture, $"{keyOf(rows[Size - 1])}"))
        : new(rows, null);
}

/// <summary>A part of a list.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="NextToken">What the next page is asked for with; null: there is none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
