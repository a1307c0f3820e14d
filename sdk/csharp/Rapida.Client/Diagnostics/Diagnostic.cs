using System.Text.Json.Nodes;

namespace Rapida.Client;

/// <summary>Why webhooks were refused or calls could not be held in one minute.</summary>
public sealed record Diagnostic
{
    /// <summary>Stable: <c>webhook_signature_host</c>, <c>missing_version</c> and so on.</summary>
    public required string Reason { get; init; }

    /// <summary>Its begin.</summary>
    public required DateTimeOffset Minute { get; init; }

    /// <summary>How often in this minute.</summary>
    public required int Count { get; init; }
}

/// <summary>A request of Twilio's, as its request inspector shows it.</summary>
public sealed record SignedRequest
{
    /// <summary>The Twilio credential that it should be signed with.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The whole address that Twilio asked for, with its query.</summary>
    public required string Url { get; init; }

    /// <summary>The fields of a POST, decoded. Each is a text, or an array of texts where Twilio sent it more than once.</summary>
    public JsonObject? Params { get; init; }

    /// <summary>The header X-Twilio-Signature.</summary>
    public string? Signature { get; init; }

    /// <summary>Without numbers and keys: it ends in logs.</summary>
    public override string ToString() => $"SignedRequest {CredentialId}";
}

/// <summary>Which URL Twilio signed, and why the check of the signature fails.</summary>
public sealed record SignatureFinding
{
    public required bool Valid { get; init; }

    /// <summary>
    /// Stable: <c>valid</c>, <c>signature_missing</c>, <c>signature_malformed</c>, <c>scheme</c>, <c>port</c>, <c>host</c>, <c>path</c>,
    /// <c>fields</c> or <c>token</c>.
    /// </summary>
    public required string Cause { get; init; }

    /// <summary>A sentence that says what to change.</summary>
    public required string Detail { get; init; }

    /// <summary>The URL that was signed, without its key. Null: it could not be found.</summary>
    public string? SignedUrl { get; init; }

    /// <summary>Without the URL, which may hold numbers: it ends in logs.</summary>
    public override string ToString() => $"SignatureFinding {Cause}";
}

internal sealed record DiagnosticList
{
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    public string? NextPageToken { get; init; }
}
