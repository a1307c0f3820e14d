using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;

namespace Rapida.TwilioEmulator.Accounts;

/// <summary>Twilio's lists: token-based pages whose addresses are relative to the API's host.</summary>
internal static class Paging
{
    private const int MaxPageSize = 1000;

    public static IResult List<T>(HttpRequest request, string plural, IReadOnlyList<T> all, Func<T, string> sidOf, Func<T, JsonNode?> resourceOf)
    {
        if (!TryReadNumber(request, "PageSize", 50, out var size) || size is < 1 or > MaxPageSize)
            return RestError.Of(StatusCodes.Status400BadRequest, 20007, $"Page size must be between 1 and {MaxPageSize}");
        if (!TryReadNumber(request, "Page", 0, out var page))
            return RestError.Of(StatusCodes.Status400BadRequest, 20006, "Invalid page");

        // The token names the last resource of the page before: PA + the hex digits of its SID.
        var token = request.Query["PageToken"].ToString();
        var start = token.Length == 0 ? 0 : all.TakeWhile(item => !SameDigits(sidOf(item), token)).Count() + 1;
        var items = all.Skip(start).Take(size).ToList();
        var hasNext = start + items.Count < all.Count;

        return Results.Ok(new JsonObject
        {
            [plural] = new JsonArray([.. items.Select(resourceOf)]),
            ["page"] = page,
            ["page_size"] = size,
            ["start"] = page * size,
            ["end"] = page * size + Math.Max(0, items.Count - 1),
            ["uri"] = request.Path + request.QueryString.ToString(),
            ["first_page_uri"] = Address(request, size, 0, null),
            ["next_page_uri"] = hasNext ? Address(request, size, page + 1, "PA" + sidOf(items[^1])[2..]) : null,
            ["previous_page_uri"] = page == 0 ? null : Address(request, size, page - 1, null),
        });
    }

    private static bool SameDigits(string sid, string token) =>
        token.Length > 2 && sid.AsSpan(2).Equals(token.AsSpan(2), StringComparison.OrdinalIgnoreCase);

    private static bool TryReadNumber(HttpRequest request, string name, int otherwise, out int value)
    {
        value = otherwise;
        return !request.Query.TryGetValue(name, out var text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static string Address(HttpRequest request, int size, int page, string? token)
    {
        var query = new QueryBuilder(request.Query.Where(q => q.Key is not ("Page" or "PageSize" or "PageToken")))
        {
            { "PageSize", size.ToString(CultureInfo.InvariantCulture) },
            { "Page", page.ToString(CultureInfo.InvariantCulture) },
        };
        if (token is not null)
            query.Add("PageToken", token);
        return request.Path + query.ToString();
    }
}
