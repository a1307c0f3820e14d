using System.Collections.Frozen;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>A C# type as the API calls it.</summary>
internal static class ApiTypes
{
    private const string Object = "an object";

    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = "a string",
        ["bool"] = "true or false",
        ["boolean"] = "true or false",
        ["short"] = "a whole number",
        ["int16"] = "a whole number",
        ["int"] = "a whole number",
        ["int32"] = "a whole number",
        ["long"] = "a whole number",
        ["int64"] = "a whole number",
        ["float"] = "a number",
        ["single"] = "a number",
        ["double"] = "a number",
        ["decimal"] = "a number",
        ["Guid"] = "a UUID",
        ["DateTime"] = "a time by RFC 3339",
        ["DateTimeOffset"] = "a time by RFC 3339",
        ["TimeSpan"] = "a duration such as 00:01:30",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>With its article, such as <c>a whole number</c>.</summary>
    /// <param name="name">As the framework writes it: <c>Nullable&lt;int&gt;</c> of a query, <c>System.Nullable`1[System.Int32]</c> of a body.</param>
    public static string Of(string name)
    {
        name = name.Replace("System.Nullable`1[", "", StringComparison.Ordinal).Replace("Nullable<", "", StringComparison.Ordinal);
        if (Words.TryGetValue(name.TrimEnd(']', '>').Replace("System.", "", StringComparison.Ordinal), out var word))
            return word;
        if (name.Contains("Dictionary", StringComparison.Ordinal))
            return Object;
        return name.EndsWith(']') || name.EndsWith("JsonArray", StringComparison.Ordinal) ? "a list" : Object;
    }
}
