using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rapida.Testing;

/// <summary>ES256 keys of the services in one test: what the AppHost makes under <c>.data/secrets</c>.</summary>
public sealed class ServiceKeys
{
    /// <summary>All services that sign tokens.</summary>
    public static readonly IReadOnlyList<string> Services = ["gateway", "vault", "deployments", "calls", "media", "recordings"];

    private readonly ConcurrentDictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    /// <summary>The configuration of <paramref name="service"/>: its own key, and the public halves of all <paramref name="peers"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> SettingsFor(string service, params string[] peers)
    {
        yield return new("Access:SigningKey", Convert.ToBase64String(KeyOf(service).ExportPkcs8PrivateKey()));
        foreach (var peer in peers)
            yield return new($"Access:PublicKeys:{peer}", Convert.ToBase64String(KeyOf(peer).ExportSubjectPublicKeyInfo()));
    }

    private ECDsa KeyOf(string service) => _keys.GetOrAdd(service, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
