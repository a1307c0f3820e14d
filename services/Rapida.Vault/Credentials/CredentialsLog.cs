namespace Rapida.Vault.Credentials;

internal static partial class CredentialsLog
{
    [LoggerMessage(1001, LogLevel.Information, "Credential {CredentialId} of {Provider} was stored")]
    public static partial void CredentialCreated(this ILogger logger, Guid credentialId, string provider);

    [LoggerMessage(1002, LogLevel.Information, "Credential {CredentialId} was revealed to {Caller} for {Purpose}")]
    public static partial void CredentialRevealed(this ILogger logger, Guid credentialId, string caller, string purpose);

    [LoggerMessage(1003, LogLevel.Information, "Credential {CredentialId} was renamed")]
    public static partial void CredentialRenamed(this ILogger logger, Guid credentialId);

    [LoggerMessage(1004, LogLevel.Information, "Credential {CredentialId} was rotated; what it replaced may sign for another {Grace}")]
    public static partial void CredentialRotated(this ILogger logger, Guid credentialId, TimeSpan grace);

    [LoggerMessage(1005, LogLevel.Information, "Credential {CredentialId} was deleted")]
    public static partial void CredentialDeleted(this ILogger logger, Guid credentialId);

    [LoggerMessage(1006, LogLevel.Information, "{Count} replaced secrets were wiped: their grace is over")]
    public static partial void PreviousSecretsWiped(this ILogger logger, int count);

    [LoggerMessage(1007, LogLevel.Warning, "Credentials were not swept: {Reason}")]
    public static partial void CredentialsNotSwept(this ILogger logger, string reason);

    [LoggerMessage(1008, LogLevel.Warning, "Credential {CredentialId} does not open: {Reason}")]
    public static partial void CredentialDoesNotOpen(this ILogger logger, Guid credentialId, string reason);

    [LoggerMessage(1009, LogLevel.Information, "Credential {CredentialId} was verified: {Status} {Reason}")]
    public static partial void CredentialVerified(this ILogger logger, Guid credentialId, string status, string? reason);

    [LoggerMessage(1010, LogLevel.Information, "{Count} envelopes were wrapped with ring key {RingKeyId}; {Unopened} did not open, {Left} are left")]
    public static partial void EnvelopesRewrapped(this ILogger logger, int count, string ringKeyId, int unopened, long left);

    [LoggerMessage(1011, LogLevel.Warning, "Envelopes were not wrapped with the active ring key: {Reason}")]
    public static partial void EnvelopesNotRewrapped(this ILogger logger, string reason);
}
