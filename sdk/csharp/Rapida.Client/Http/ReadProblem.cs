using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Rapida.Client.Http;

/// <summary>An answer that is a refusal, as an exception.</summary>
internal static class ReadProblem
{
    // {"title":"Not Found","status":404,"detail":"There is no such call in this project.","code":"call_unknown","trace_id":"00-4bf9…"}
    public static RapidaException From(HttpResponseMessage response, ReadOnlyMemory<byte> body, TimeProvider clock)
    {
        var problem = Parsed(body);
        return new(Text(problem, "detail") ?? DetailOf((int)response.StatusCode), response.StatusCode, Text(problem, "code"), Text(problem, "trace_id"))
        {
            RetryAfter = RetryAfter(response.Headers.RetryAfter, clock),
            Errors = problem is { } known && known.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object
                ? errors.EnumerateObject().ToDictionary(error => error.Name, error => error.Value)
                : [],
        };
    }

    private static JsonElement? Parsed(ReadOnlyMemory<byte> body)
    {
        try
        {
            // By way of a string: JsonElement throws at text that is not UTF-8.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body.Span));
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null; // A page of something that stands between.
        }
    }

    private static string? Text(JsonElement? problem, string name) =>
        problem is { } known && known.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string DetailOf(int status) => status switch
    {
        < 400 => "The server sends us elsewhere, where the key does not follow: check the base URL.",
        < 500 => "The server refused, and did not say why: check the base URL.",
        _ => "The server failed, and did not say why.",
    };

    // Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider clock) => header switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => date - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };
}
