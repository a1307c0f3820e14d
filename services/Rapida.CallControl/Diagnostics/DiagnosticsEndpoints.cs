using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Diagnostics;

/// <summary>REST: <c>/v1/diagnostics</c>. What an operator asks when calls do not come through.</summary>
internal static partial class DiagnosticsEndpoints
{
    public static void MapDiagnosticsEndpoints(this IEndpointRouteBuilder app)
    {
        var diagnostics = app.MapGroup("/v1/diagnostics");
        diagnostics.MapGet("", ListAsync).RequireScope(Scopes.CallsRead)
            .WithSummary("Why webhooks were refused or calls could not be held, by minute, newest first.");
        diagnostics.MapPost("signature", DiagnoseAsync).RequireScope(Scopes.CallsRead)
            .WithSummary("Which URL Twilio signed, and why our check of the signature fails.");
    }

    private static async Task<Ok<DiagnosticList>> ListAsync(ApiKeyHolder holder, CallsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DiagnosticList(await db.Diagnostics.AsNoTracking()
            .Where(row => row.ProjectId == holder.ProjectId)
            .OrderByDescending(row => row.Minute)
            .Take(100)
            .Select(row => new DiagnosticView(row.Reason, row.Minute, row.Count))
            .ToListAsync(cancellationToken)));

    private static async Task<Ok<SignatureAnswer>> DiagnoseAsync(
        SignatureBody body, ApiKeyHolder holder, DiagnoseSignature diagnose, CancellationToken cancellationToken)
    {
        var command = DiagnoseSignatureCommand.Parse(holder.ProjectId, body.CredentialId, body.Url, body.Params, body.Signature).ValueOrThrow();
        return TypedResults.Ok(SignatureAnswer.Of((await diagnose.ExecuteAsync(command, cancellationToken)).ValueOrThrow()));
    }

    // A class and not a record: it holds a webhook's key and fields, and a record prints itself.
    private sealed class SignatureBody
    {
        public string? CredentialId { get; init; }

        public string? Url { get; init; }

        public Dictionary<string, JsonElement>? Params { get; init; }

        public string? Signature { get; init; }
    }

    private sealed record DiagnosticList(IReadOnlyList<DiagnosticView> Diagnostics);

    private sealed record DiagnosticView(string Reason, DateTimeOffset Minute, int Count);

    private sealed partial record SignatureAnswer(bool Valid, string Cause, string Detail, string? SignedUrl)
    {
        public static SignatureAnswer Of(SignatureFinding finding) =>
            new(finding.IsValid, finding.Cause, finding.Detail, finding.SignedUrl is { } url ? ApiKey().Replace(url, "$1…") : null);

        [GeneratedRegex(@"([?&]x-api-key=)[^&]*")]
        private static partial Regex ApiKey();
    }
}
