using System.Globalization;

namespace Twilio;

/// <summary>How values are written in forms, queries and TwiML attributes.</summary>
internal static class Wire
{
    public static string Text(object value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Uri url => url.OriginalString,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Leaves out what is null, and repeats the key for each item of a list.</summary>
    public static List<KeyValuePair<string, string>> Parameters(params IEnumerable<(string Name, object Value)> parameters) =>
    [
        .. from parameter in parameters
           where parameter.Value is not null
           from value in parameter.Value as IEnumerable<object> ?? [parameter.Value]
           select new KeyValuePair<string, string>(parameter.Name, Text(value)),
    ];
}
