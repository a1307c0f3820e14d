namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>
/// The tokens that may have signed a request of Twilio's: the account's, and for a grace period the one before it. None when the
/// credential is gone: then nothing is signed.
/// </summary>
internal sealed class SigningTokens(params IReadOnlyCollection<SigningKey> keys)
{
    /// <summary><see cref="TwilioSignature.IsValid"/> with any of them.</summary>
    public bool HaveSigned(string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature) =>
        keys.Any(key => TwilioSignature.IsValid(key, url, form, signature));

    /// <summary><see cref="TwilioSignature.IsValidUpgrade"/> with any of them.</summary>
    public bool HaveSignedUpgrade(string url, string? signature) =>
        keys.Any(key => TwilioSignature.IsValidUpgrade(key, url, signature));

    /// <summary><see cref="SignatureDiagnosis.Examine"/> with each of them: what one of them explains, and else what the account's own says.</summary>
    public SignatureFinding Examine(string expected, string seen, IReadOnlyCollection<KeyValuePair<string, string>> form, string? signature)
    {
        var findings = keys.Select(key => SignatureDiagnosis.Examine(key, expected, seen, form, signature)).ToList();
        return findings.Find(finding => finding.SignedUrl is not null) ?? findings.FirstOrDefault() ?? SignatureDiagnosis.NoToken;
    }
}
