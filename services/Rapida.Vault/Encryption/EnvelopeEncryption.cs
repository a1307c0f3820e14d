using System.Security.Cryptography;
using System.Text;

namespace Rapida.Vault.Encryption;

/// <summary>
/// Seals texts for the database and opens them again.
/// <para>
/// Each text gets a random data key of its own, and the ring's active key wraps that data key. So a ring key never touches a tenant's
/// text, and a new ring key costs a new wrapping of 32 bytes per row, not a new encryption of everything.
/// </para>
/// </summary>
internal sealed class EnvelopeEncryption(KeyRing ring)
{
    public Envelope Seal(ReadOnlySpan<byte> text, EnvelopeOwner owner)
    {
        var active = ring.Active;
        Span<byte> dataKey = stackalloc byte[AuthenticatedBox.KeySize];
        try
        {
            RandomNumberGenerator.Fill(dataKey);
            return new(
                active.Id,
                AuthenticatedBox.Seal(active.Value, dataKey, ForKey(owner, active.Id)),
                AuthenticatedBox.Seal(dataKey, text, ForText(owner)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The text. Whoever asks wipes it after use.</summary>
    /// <exception cref="EnvelopeException">It does not belong to this owner, was changed, or its ring key is not configured.</exception>
    public byte[] Open(Envelope envelope, EnvelopeOwner owner)
    {
        var ringKey = RingKey(envelope.RingKeyId);
        byte[] dataKey = [];
        try
        {
            dataKey = AuthenticatedBox.Open(ringKey, envelope.WrappedKey, ForKey(owner, envelope.RingKeyId));
            return AuthenticatedBox.Open(dataKey, envelope.Ciphertext, ForText(owner));
        }
        catch (CryptographicException exception)
        {
            throw new EnvelopeException($"The envelope of {owner.Purpose} {owner.RecordId} was changed, or moved from another row.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The same envelope under the ring's active key: its text stays as it is, and stays shut.</summary>
    /// <exception cref="EnvelopeException">It does not belong to this owner, was changed, or its ring key is not configured.</exception>
    public Envelope Rewrap(Envelope envelope, EnvelopeOwner owner)
    {
        var (ringKey, active) = (RingKey(envelope.RingKeyId), ring.Active);
        byte[] dataKey = [];
        try
        {
            dataKey = AuthenticatedBox.Open(ringKey, envelope.WrappedKey, ForKey(owner, envelope.RingKeyId));
            return envelope with
            {
                RingKeyId = active.Id,
                WrappedKey = AuthenticatedBox.Seal(active.Value, dataKey, ForKey(owner, active.Id)),
            };
        }
        catch (CryptographicException exception)
        {
            throw new EnvelopeException($"The envelope of {owner.Purpose} {owner.RecordId} was changed, or moved from another row.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private byte[] RingKey(string id) => ring.TryGet(id, out var key)
        ? key
        : throw new EnvelopeException($"{KeyRing.Section}:Keys:{id} is missing: set it to the key that once had this id.");

    // Lines, because neither ids nor purposes can hold a line break: two different owners never give the same bytes.
    //   rapida.vault/1 text
    //   credential/twilio
    //   0199e0a4-…  (project)
    //   0199e0a5-…  (row)
    private static byte[] ForText(EnvelopeOwner owner) =>
        Encoding.UTF8.GetBytes($"rapida.vault/1 text\n{owner.Purpose}\n{owner.ProjectId}\n{owner.RecordId}");

    private static byte[] ForKey(EnvelopeOwner owner, string ringKeyId) =>
        Encoding.UTF8.GetBytes($"rapida.vault/1 key {ringKeyId}\n{owner.Purpose}\n{owner.ProjectId}\n{owner.RecordId}");
}
