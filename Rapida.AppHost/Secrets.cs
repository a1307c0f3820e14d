using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rapida.AppHost;

/// <summary>Secrets that are made once, kept under <c>.data/secrets</c> (mode 600) and handed to the services as secret parameters.</summary>
internal sealed class Secrets(IDistributedApplicationBuilder builder, DataFolder folder)
{
    private readonly ConcurrentDictionary<string, IResourceBuilder<ParameterResource>> _parameters = new(StringComparer.Ordinal);

    /// <summary>A parameter whose value <paramref name="make"/> makes at the first run.</summary>
    public IResourceBuilder<ParameterResource> Parameter(string name, Func<string> make) => _parameters.GetOrAdd(
        name, _ => builder.AddParameter(name, () => ReadOrMake(name, make), secret: true));

    /// <summary>32 random bytes in base64.</summary>
    public IResourceBuilder<ParameterResource> Key(string name) =>
        Parameter(name, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>A service's ES256 key: PKCS#8 in base64.</summary>
    public IResourceBuilder<ParameterResource> SigningKey(string service) => Parameter($"{service}-signing-key", NewSigningKey);

    /// <summary>Its public half: no secret, and handed to all.</summary>
    public IResourceBuilder<ParameterResource> PublicKey(string service) => _parameters.GetOrAdd(
        $"{service}-public-key", name => builder.AddParameter(name, () => PublicHalf(ReadOrMake($"{service}-signing-key", NewSigningKey))));

    /// <summary>The value itself, for what the AppHost prints or writes.</summary>
    public string ReadOrMake(string name, Func<string> make)
    {
        var path = folder.Path("secrets", name);
        if (File.Exists(path))
            return File.ReadAllText(path);

        PrivateFiles.CreateFolder(folder.Path("secrets"));
        var value = make();
        PrivateFiles.Write(path, value);
        return value;
    }

    private static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static string PublicHalf(string signingKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey), out _);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
