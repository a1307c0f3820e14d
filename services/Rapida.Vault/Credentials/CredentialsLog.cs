namespace Rapida.Vault.Credentials;

internal static partial class CredentialsLog
{
    [LoggerMessage(1001, LogLevel.Information, "Credential {CredentialId} of {Provider} was stored")]
    public static partial void CredentialCreated(this ILogger logger, Guid credentialId, string provider);

    [LoggerMessage(1002, LogLevel.Information, "Credential {CredentialId} was revealed to {Caller} for {Purpose}")]
    public static partial void CredentialRevealed(this ILogger logger, Guid credentialId, string caller, string purpose);
}
