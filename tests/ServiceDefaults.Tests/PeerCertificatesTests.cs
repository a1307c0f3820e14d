using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rapida.ServiceDefaults;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault.V1;

namespace ServiceDefaults.Tests;

/// <summary>Vault and a peer, each with a certificate of an authority.</summary>
public sealed class PeerCertificatesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rapida-certificates-").FullName;
    private RunningService _vault = null!;

    public async Task InitializeAsync()
    {
        using var ours = NewAuthority("ours");
        using var theirs = NewAuthority("theirs");
        Issue(ours, "vault");
        Issue(ours, "calls");
        Issue(ours, "elsewhere", isLoopback: false);
        Issue(theirs, "stranger");
        _vault = await RunningService.StartAsync(app => app.MapGrpcService<GuardedApiKeys>(), settings: Tls("vault", "ours"));
    }

    public async Task DisposeAsync()
    {
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_peer_with_a_certificate_of_our_authority_is_served() =>
        Assert.Equal("calls", (await AskAsync(Tls("calls", "ours"))).ProjectId);

    [Fact]
    public Task A_peer_of_another_authority_cannot_even_ask() => AssertUnavailableAsync(Tls("stranger", "ours"));

    [Fact]
    public async Task Who_shows_no_certificate_cannot_even_ask()
    {
        using var channel = GrpcChannel.ForAddress($"https://{_vault.Channel.Target}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } },
        });

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new ApiKeys.ApiKeysClient(channel).AuthenticateAsync(new() { Key = "x" }));

        Assert.NotEqual(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public Task Nor_can_who_speaks_cleartext() => AssertUnavailableAsync(new Dictionary<string, string?>());

    [Fact]
    public Task A_peer_whose_authority_we_are_not_does_not_believe_us() => AssertUnavailableAsync(Tls("calls", "theirs"));

    [Fact]
    public async Task A_door_whose_certificate_bears_another_name_is_not_believed()
    {
        await using var elsewhere = await RunningService.StartAsync(app => app.MapGrpcService<GuardedApiKeys>(), settings: Tls("elsewhere", "ours"));

        await AssertUnavailableAsync(Tls("calls", "ours"), elsewhere);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        using var next = NewAuthority("next");
        Issue(next, "vault");
        File.SetLastWriteTimeUtc(PathOf("vault.pem"), File.GetLastWriteTimeUtc(PathOf("vault.pem")).AddSeconds(5));

        // Who knows only the new authority believes the door now; the door still lets in who has a certificate of the old one.
        Assert.Equal("calls", (await AskAsync(Tls("calls", "next"))).ProjectId);
    }

    [Fact]
    public void Half_of_the_settings_is_refused_with_the_name_of_what_is_missing()
    {
        var settings = new Dictionary<string, string?>(Tls("calls", "ours")) { ["Access:Tls:Authority"] = null };

        var exception = Assert.Throws<InvalidOperationException>(() => NewPeer(settings, _vault));

        Assert.StartsWith("Access:Tls:Authority is missing", exception.Message, StringComparison.Ordinal);
    }

    private async Task AssertUnavailableAsync(IReadOnlyDictionary<string, string?> settings, RunningService? vault = null)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => AskAsync(settings, vault));
        Assert.Contains(refused.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }

    private async Task<AuthenticateResponse> AskAsync(IReadOnlyDictionary<string, string?> settings, RunningService? vault = null)
    {
        await using var peer = NewPeer(settings, vault ?? _vault);
        return await peer.Services.GetRequiredService<ApiKeys.ApiKeysClient>().AuthenticateAsync(new() { Key = "x" });
    }

    private static WebApplication NewPeer(IReadOnlyDictionary<string, string?> settings, RunningService vault)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("services:vault:grpc:0", vault.Channel.Target.Contains("://", StringComparison.Ordinal) ? vault.Channel.Target : $"http://{vault.Channel.Target}"),
            .. vault.Keys.SettingsFor("calls").Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            .. settings,
        ]);
        builder.AddServiceDefaults("calls");
        builder.AddServiceClient<ApiKeys.ApiKeysClient>("vault");
        return builder.Build();
    }

    private Dictionary<string, string?> Tls(string who, string authority) => new()
    {
        ["Access:Tls:Certificate"] = PathOf($"{who}.pem"),
        ["Access:Tls:Key"] = PathOf($"{who}.key"),
        ["Access:Tls:Authority"] = PathOf($"{authority}.pem"),
    };

    private X509Certificate2 NewAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(PathOf($"{name}.pem"), authority.ExportCertificatePem());
        return authority;
    }

    private void Issue(X509Certificate2 authority, string name, bool isLoopback = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (isLoopback)
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, TimeProvider.System.GetUtcNow().AddMinutes(-30), TimeProvider.System.GetUtcNow().AddHours(12), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
