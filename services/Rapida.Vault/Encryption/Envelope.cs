namespace Rapida.Vault.Encryption;

/// <summary>
/// A sealed text as it lies in the database. <see cref="Ciphertext"/> is under a data key of its own, <see cref="WrappedKey"/> is that
/// data key under a key of the ring; both are laid out by <see cref="AuthenticatedBox"/>. To change the ring's key only the data key is
/// wrapped anew.
/// </summary>
/// <param name="RingKeyId">Which key of the ring has wrapped the data key.</param>
/// <param name="WrappedKey">The data key, sealed.</param>
/// <param name="Ciphertext">The text, sealed.</param>
internal sealed record Envelope(string RingKeyId, byte[] WrappedKey, byte[] Ciphertext)
{
    /// <summary>What is left of an envelope that was wiped: nobody can open it.</summary>
    public static Envelope Wiped { get; } = new("", [], []);
}

/// <summary>
/// The row that an envelope belongs to. It is authenticated with both layers: an envelope that is copied to another row, tenant or
/// purpose does not open there.
/// </summary>
/// <param name="ProjectId">The tenant.</param>
/// <param name="RecordId">The row.</param>
/// <param name="Purpose">What the text is, such as <c>credential/twilio</c>: a secret cannot be presented to another provider either.</param>
internal readonly record struct EnvelopeOwner(Guid ProjectId, Guid RecordId, string Purpose);

/// <summary>
/// An envelope does not open: it was changed, moved from another row, or its ring key is not configured. Nobody can mend that by asking
/// again, so it is an exception and not a problem. The message holds ids only.
/// </summary>
internal sealed class EnvelopeException(string message, Exception? cause = null) : Exception(message, cause);
