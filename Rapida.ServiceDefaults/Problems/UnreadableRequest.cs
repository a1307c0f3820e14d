using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>
/// Says of a request that the framework cannot read what has to change, in the API's words. The framework's own sentence names C#, and repeats
/// what it was sent.
/// </summary>
internal static partial class UnreadableRequest
{
    private const string NoBody = "Send a JSON object.";

    public static string Sentence(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json)
            return OfBody(json);
        if (Unbound().Match(exception.Message) is { Success: true } unbound)
            return $"{Name(unbound)} has to be {ApiTypes.Of(unbound.Groups["type"].Value)}.";
        if (Missing().Match(exception.Message) is { Success: true } missing)
            return missing.Groups["source"].Value == "body" ? NoBody : $"{Name(missing)} is missing.";
        return exception.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal)
            ? NoBody
            : "The request cannot be read: it ended early, came too slowly, is too large, or is not well-formed.";
    }

    private static string OfBody(JsonException exception) => exception switch
    {
        JsonMismatchException => $"{Place(exception)} must be {exception.Message}.",
        // The reader's own within: it was no JSON. Without one the JSON is good, and something in it is not what it should be.
        { InnerException: JsonException } => OfSyntax(exception),
        { InnerException: InvalidOperationException { Message: var why } } when why.Contains("UTF-", StringComparison.Ordinal) =>
            $"{Place(exception)} must be well-formed Unicode.",
        _ when Unconverted().Match(exception.Message) is { Success: true } unconverted =>
            $"{Place(exception)} must be {ApiTypes.Of(unconverted.Groups["type"].Value)}.",
        _ => $"{Place(exception)} is not what it must be.",
    };

    private static string OfSyntax(JsonException exception)
    {
        var (line, bytes) = (exception.LineNumber + 1, exception.BytePositionInLine);
        if (exception.Message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
            return NoBody;
        if (exception.Message.StartsWith("The maximum configured depth", StringComparison.Ordinal))
            return "The body is nested too deeply.";
        return AtItsEnd().IsMatch(exception.Message)
            ? string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: it breaks off at line {line}, byte {bytes}.")
            : string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: it goes wrong at line {line}, byte {bytes + 1}.");
    }

    // $.phoneCalls[0].toNumber, and $['two words'] for a name that is not one word.
    private static string Place(JsonException exception) => exception.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "The body";

    private static string Name(Match parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Groups["name"].Value);

    [GeneratedRegex("""^Failed to bind parameter "(?<type>[^"]+) (?<name>\w+)" from """)]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter "(?<type>[^"]+) (?<name>\w+)" was not provided from (?<source>.+)\.$""")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>.+?)\. Path: ")]
    private static partial Regex Unconverted();

    [GeneratedRegex("instead reached end of data|at the end of the JSON payload")]
    private static partial Regex AtItsEnd();
}
