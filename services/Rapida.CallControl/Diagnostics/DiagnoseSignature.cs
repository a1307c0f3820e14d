using System.Text.Json;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Diagnostics;

/// <summary>A request of Twilio's as an operator has it, from Twilio's request inspector or a proxy's log.</summary>
internal sealed record DiagnoseSignatureCommand(
    Guid ProjectId, Guid CredentialId, string Url, IReadOnlyCollection<KeyValuePair<string, string>> Form, string? Signature)
{
    private const int MaxUrl = 8_192;
    private const int MaxFields = 1_000;

    public static Result<DiagnoseSignatureCommand> Parse(
        Guid projectId, string? credentialId, string? url, IReadOnlyDictionary<string, JsonElement>? fields, string? signature)
    {
        if (!Guid.TryParse(credentialId, out var id))
            return CallProblems.CredentialUnknown;
        if (url is not { Length: > 0 and <= MaxUrl } || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            return DiagnosticsProblems.UrlInvalid;

        var form = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in fields ?? new Dictionary<string, JsonElement>())
        {
            JsonElement[] values = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
            if (form.Count + values.Length > MaxFields)
                return DiagnosticsProblems.ParamsInvalid;
            foreach (var one in values)
            {
                if (TextOf(one) is not { } text)
                    return DiagnosticsProblems.ParamsInvalid;
                form.Add(KeyValuePair.Create(name, text));
            }
        }

        // Twilio does not send the fragment.
        return new DiagnoseSignatureCommand(projectId, id, url.Split('#')[0], form, signature);
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // "\ud800", or bytes that are no UTF-8: JSON by its grammar, and no text.
        }
    }
}

/// <summary>Which URL Twilio signed, and why the check failed. The token stays here; it is tried, and never told.</summary>
internal sealed class DiagnoseSignature(TwilioAccounts accounts, IOptions<PublicUrlOptions> urls)
{
    public async Task<Result<SignatureFinding>> ExecuteAsync(DiagnoseSignatureCommand command, CancellationToken cancellationToken)
    {
        if (await accounts.SidAsync(command.ProjectId, command.CredentialId, cancellationToken) is null)
            return CallProblems.CredentialUnknown;

        var tokens = await accounts.SigningTokensAsync(command.ProjectId, command.CredentialId, cancellationToken);
        return tokens.Examine(urls.Value.AtOurDoor(command.Url), command.Url, command.Form, command.Signature);
    }
}
