namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>Fields as text on the wire: a space is a plus in a body, and %20 in a query.</summary>
internal static class FormText
{
    public static string Query(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => Uri.EscapeDataString(f.Key) + '=' + Uri.EscapeDataString(f.Value)));

    public static string Body(IEnumerable<KeyValuePair<string, string>> fields) => Query(fields).Replace("%20", "+", StringComparison.Ordinal);
}
