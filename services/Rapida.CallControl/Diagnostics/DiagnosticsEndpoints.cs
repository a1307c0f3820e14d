using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;

namespace Rapida.CallControl.Diagnostics;

/// <summary>REST: <c>/v1/diagnostics</c>. What an operator asks when calls do not come through.</summary>
internal static partial class DiagnosticsEndpoints
{
    public static void MapDiagnosticsEndpoints(this IEndpointRouteBuilder app)
    {
        var diagnostics = app.MapGroup("/v1/diagnostics").InSection("Diagnostics", "What to ask when calls do not come through.");
        diagnostics.MapGet("", ListAsync).RequireScope(Scopes.CallsRead)
            .Describe(
                "listDiagnostics", "Lists why webhooks were refused or calls could not be held, by minute, newest first.",
                "The last 100 at most. Outside every refusal of a webhook looks the same; here is the reason. Of a request that shows no key of yours there is nothing.")
            .WithAnswerExample(DiagnosticExamples.List);
        diagnostics.MapPost("signature", DiagnoseAsync).RequireScope(Scopes.CallsRead)
            .Describe(
                "diagnoseSignature", "Tells which URL Twilio signed, and why our check of the signature fails.",
                "Give a request as Twilio's request inspector shows it. The Auth Token is tried and never told. When there is a finding the answer is 200, whatever it is.")
            .WithRequestExample(DiagnosticExamples.Signature)
            .WithAnswerExample(DiagnosticExamples.Finding)
            .WithProblems(CallProblems.CredentialUnknown, DiagnosticsProblems.UrlInvalid, DiagnosticsProblems.ParamsInvalid);
    }

    private static async Task<Ok<DiagnosticList>> ListAsync(ApiKeyHolder holder, CallsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DiagnosticList(await db.Diagnostics.AsNoTracking()
            .Where(row => row.ProjectId == holder.ProjectId)
            .OrderByDescending(row => row.Minute)
            .Take(100)
            .Select(row => new DiagnosticView(row.Reason, row.Minute, row.Count))
            .ToListAsync(cancellationToken)));

    private static async Task<Ok<SignatureFindingAnswer>> DiagnoseAsync(
        SignatureBody body, ApiKeyHolder holder, DiagnoseSignature diagnose, CancellationToken cancellationToken)
    {
        var command = DiagnoseSignatureCommand.Parse(holder.ProjectId, body.CredentialId, body.Url, body.Params, body.Signature).ValueOrThrow();
        return TypedResults.Ok(SignatureFindingAnswer.Of((await diagnose.ExecuteAsync(command, cancellationToken)).ValueOrThrow()));
    }

    // A class and not a record: it holds a webhook's key and fields, and a record prints itself.
    private sealed class SignatureBody
    {
        [Required, Description("The Twilio credential that the request should be signed with.")]
        public string? CredentialId { get; init; }

        [Required, Description("The whole address that Twilio asked for, with its query: at most 8192 characters.")]
        public string? Url { get; init; }

        [Description("The fields of a POST, decoded: at most 1000. Each is a text, or a list of texts when Twilio sent it more than once.")]
        public Dictionary<string, JsonElement>? Params { get; init; }

        [Description("The header X-Twilio-Signature.")]
        public string? Signature { get; init; }
    }

    private sealed record DiagnosticList(IReadOnlyList<DiagnosticView> Diagnostics);

    private sealed record DiagnosticView(
        [property: Description("Stable, such as `webhook_signature_host` or `missing_version`.")] string Reason,
        [property: Description("The minute's begin.")] DateTimeOffset Minute,
        [property: Description("How often in this minute.")] int Count);

    private sealed partial record SignatureFindingAnswer(
        bool Valid,
        [property: Description("Stable: `valid`, `signature_missing`, `signature_malformed`, `scheme`, `port`, `host`, `path`, `fields` or `token`.")] string Cause,
        [property: Description("A sentence that says what to change.")] string Detail,
        [property: Description("The URL that was signed, without its key. Null: it could not be found.")] string? SignedUrl)
    {
        public static SignatureFindingAnswer Of(SignatureFinding finding) =>
            new(finding.IsValid, finding.Cause, finding.Detail, finding.SignedUrl is { } url ? ApiKey().Replace(url, "$1…") : null);

        [GeneratedRegex(@"([?&]x-api-key=)[^&]*")]
        private static partial Regex ApiKey();
    }
}
