using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Rapida.ServiceDefaults.Privacy;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>An Auth Token, made ready to sign with. To begin with the token takes as long as to sign a whole webhook, so that is done once for each lease.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The finaliser frees the hash: a request may still be checking with a lease that was dropped.")]
internal sealed class SigningKey(Secret token)
{
    // Only one may use it at a time: whoever finds it taken makes another.
    private IncrementalHash? _idle;

    /// <summary>HMAC-SHA1 of the text: 20 bytes.</summary>
    public void Sign(ReadOnlySpan<byte> text, Span<byte> mac)
    {
        var hash = Interlocked.Exchange(ref _idle, null)
            ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(token.Reveal()));
        hash.AppendData(text);
        hash.GetHashAndReset(mac);
        Interlocked.Exchange(ref _idle, hash)?.Dispose();
    }
}
