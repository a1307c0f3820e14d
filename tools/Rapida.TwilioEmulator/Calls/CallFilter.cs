using System.Globalization;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>The filters of a list of calls. A day is a whole day in UTC; a call without a start has no day.</summary>
internal static class CallFilter
{
    /// <summary>Null with an error: a day is no day.</summary>
    public static (Func<Call, bool>? Fits, IResult? Error) From(IQueryCollection query)
    {
        List<Func<Call, bool>> filters = [];
        foreach (var (name, value) in query.Select(q => (q.Key, q.Value.ToString())).Where(q => q.Item2.Length > 0))
        {
            switch (name)
            {
                case "To":
                    filters.Add(call => call.To == value);
                    break;
                case "From":
                    filters.Add(call => call.From == value);
                    break;
                case "Status":
                    filters.Add(call => CallResource.Status(call) == value);
                    break;
                // No call here has a parent: a dialled person's call is no resource.
                case "ParentCallSid":
                    filters.Add(_ => false);
                    break;
                case "StartTime" or "StartTime<" or "StartTime>" or "EndTime" or "EndTime<" or "EndTime>":
                    if (!DateOnly.TryParseExact(value.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                        return (null, RestError.Of(StatusCodes.Status400BadRequest, 20001, $"{name} is not a date: {value}"));
                    filters.Add(OfDay(name, day));
                    break;
            }
        }
        return (call => filters.TrueForAll(fits => fits(call)), null);
    }

    // The comparison is a part of the key: StartTime>=2026-01-01 in a URL is the key "StartTime>" with the value "2026-01-01".
    private static Func<Call, bool> OfDay(string name, DateOnly day)
    {
        Func<Call, DateTimeOffset?> moment = name.StartsWith("Start", StringComparison.Ordinal) ? CallResource.StartOf : CallResource.EndOf;
        return call => moment(call) is { } at && DateOnly.FromDateTime(at.UtcDateTime) is var of && name[^1] switch
        {
            '<' => of < day,
            '>' => of >= day,
            _ => of == day,
        };
    }
}
