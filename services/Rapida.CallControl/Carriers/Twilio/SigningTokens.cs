using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// The tokens that may have signed a request of Twilio's: the account's, and for a grace period the one before it. None when the
/// credential is gone: then nothing is signed.
/// </summary>
internal sealed class SigningTokens(params IReadOnlyCollection<Secret> tokens)
{
    /// <summary><see cref="TwilioSignature.IsValid"/> with any of them.</summary>
    public bool HaveSigned(string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature) =>
        tokens.Any(token => TwilioSignature.IsValid(token, url, form, signature));

    /// <summary><see cref="TwilioSignature.IsValidUpgrade"/> with any of them.</summary>
    public bool HaveSignedUpgrade(string url, string? signature) =>
        tokens.Any(token => TwilioSignature.IsValidUpgrade(token, url, signature));

    /// <summary><see cref="SignatureDiagnosis.Examine"/> with each of them: what one of them explains, and else what the account's own says.</summary>
    public SignatureFinding Examine(string expected, string seen, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature)
    {
        var findings = tokens.Select(token => SignatureDiagnosis.Examine(token, expected, seen, form, signature)).ToList();
        return findings.Find(finding => finding.SignedUrl is not null) ?? findings.FirstOrDefault() ?? SignatureDiagnosis.NoToken;
    }
}
