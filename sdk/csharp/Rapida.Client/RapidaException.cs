using System.Net;
using System.Text.Json;

namespace Rapida.Client;

/// <summary>A request that did not succeed. Decide by <see cref="Code"/> or <see cref="Status"/>; show <see cref="Detail"/> to a person.</summary>
public sealed class RapidaException : Exception
{
    internal RapidaException(string detail, HttpStatusCode? status = null, string? code = null, string? traceId = null, Exception? inner = null)
        : base(MessageOf(detail, status, code, traceId), inner) =>
        (Detail, Status, Code, TraceId) = (detail, status, code, traceId);

    /// <summary>The status of the answer. Null: there was none, or not the whole of it.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Stable, to program against: <c>call_unknown</c>. Null: the answer had none. New ones may be added.</summary>
    public string? Code { get; }

    /// <summary>A sentence that says what to change. Its words may change.</summary>
    public string Detail { get; }

    /// <summary>Names the request in the server's logs.</summary>
    public string? TraceId { get; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>What is wrong with which field, where the server says so.</summary>
    public IReadOnlyDictionary<string, JsonElement> Errors { get; internal init; } = new Dictionary<string, JsonElement>();

    /// <summary>The connection did not come about, so nothing has happened. Otherwise, without an answer nobody knows.</summary>
    public bool NeverSent { get; internal init; }

    /// <summary>Trying again would not help: a certificate that does not hold.</summary>
    internal bool IsFinal { get; init; }

    // There is no such call in this project. (404, call_unknown, trace 00-4bf9…)
    private static string MessageOf(string detail, HttpStatusCode? status, string? code, string? traceId)
    {
        string?[] known = [status is { } number ? $"{(int)number}" : null, code, traceId is null ? null : $"trace {traceId}"];
        var told = string.Join(", ", known.Where(part => part is not null));
        return told.Length == 0 ? detail : $"{detail} ({told})";
    }
}
