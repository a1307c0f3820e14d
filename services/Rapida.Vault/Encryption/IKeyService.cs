namespace Rapida.Vault.Encryption;

/// <summary>A key management service, which keeps the key that our ring keys are wrapped with and gives it to nobody.</summary>
internal interface IKeyService
{
    /// <summary>The ring key of 32 bytes.</summary>
    /// <param name="keyId">The ring key's id: part of what was authenticated when it was wrapped.</param>
    /// <param name="wrapped">As the service made it.</param>
    /// <exception cref="KeyServiceException">It was not unwrapped; the message says why, in a word of the service.</exception>
    Task<byte[]> UnwrapAsync(string keyId, byte[] wrapped, CancellationToken cancellationToken);
}

internal sealed class KeyServiceException(string reason, Exception inner) : Exception(reason, inner);
