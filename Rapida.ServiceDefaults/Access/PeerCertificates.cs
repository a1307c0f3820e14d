using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;

namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// TLS between services with certificates on both sides, when they are configured: whoever has none of our authority's cannot even ask. The token in
/// each call still says who it is and what it may. Files are read again when they change, so that certificates are renewed while everything runs.
/// </summary>
internal sealed class PeerCertificates
{
    /// <summary>The configuration section: <c>Certificate</c>, <c>Key</c> and <c>Authority</c>, each the path of a PEM file.</summary>
    public const string Section = "Access:Tls";

    private static readonly string[] Names = ["Certificate", "Key", "Authority"];

    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly string _authorityPath;
    private readonly Lock _reading = new();
    private DateTime _readAt;
    private X509Certificate2 _own = null!;
    private X509Certificate2Collection _authority = null!;

    private PeerCertificates(string certificate, string key, string authority)
    {
        (_certificatePath, _keyPath, _authorityPath) = (certificate, key, authority);
        Read();
    }

    /// <summary>Null when none are configured: then peers speak cleartext, which a private network has to keep.</summary>
    /// <exception cref="InvalidOperationException">Only some are configured, or one cannot be read; the message says which.</exception>
    public static PeerCertificates? From(IConfiguration configuration)
    {
        var settings = Names.Select(name => (Name: $"{Section}:{name}", Path: configuration[$"{Section}:{name}"])).ToList();
        if (settings.All(setting => string.IsNullOrEmpty(setting.Path)))
            return null;
        if (settings.Find(setting => string.IsNullOrEmpty(setting.Path)) is { Name: { } missing })
            throw new InvalidOperationException($"{missing} is missing: set it to the path of a PEM file, or leave all of {Section} out.");

        try
        {
            return new(settings[0].Path!, settings[1].Path!, settings[2].Path!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"{Section}: the certificates cannot be read ({exception.GetType().Name}): its paths have to name PEM files.");
        }
    }

    /// <summary>For a peer's door: who shows no certificate of our authority is not let in.</summary>
    public void Apply(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificateSelector = (_, _) => Current().Own;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (certificate, _, errors) => IsOfOurAuthority(certificate, errors);
    }

    /// <summary>For calls to peers: a peer whose certificate does not bear the name that was called is not believed.</summary>
    public SslClientAuthenticationOptions ForCalls() => new()
    {
        LocalCertificateSelectionCallback = (_, _, _, _, _) => Current().Own,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is X509Certificate2 peer && IsOfOurAuthority(peer, errors),
    };

    // The chain is built anew, to our authority and to no other: what the machine trusts is the wrong question.
    private bool IsOfOurAuthority(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;

        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(Current().Authority);
        return chain.Build(certificate);
    }

    private (X509Certificate2 Own, X509Certificate2Collection Authority) Current()
    {
        lock (_reading)
        {
            try
            {
                if (LastWritten() > _readAt)
                    Read();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // Half of the new files are there: the old certificates are good until the other half is.
            }

            return (_own, _authority);
        }
    }

    private void Read()
    {
        var written = LastWritten();
        var (own, authority) = (X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath), new X509Certificate2Collection());
        authority.ImportFromPemFile(_authorityPath);
        (_own, _authority, _readAt) = (own, authority, written);
    }

    private DateTime LastWritten() => new[] { _certificatePath, _keyPath, _authorityPath }.Max(File.GetLastWriteTimeUtc);
}
