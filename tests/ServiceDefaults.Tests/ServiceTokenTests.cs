using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace ServiceDefaults.Tests;

public sealed class ServiceTokenTests : IAsyncLifetime
{
    private const string Authenticate = "/rapida.vault.v1.ApiKeys/Authenticate";
    private RunningService _vault = null!;

    public async Task InitializeAsync() => _vault = await RunningService.StartAsync(app => app.MapGrpcService<GuardedApiKeys>());

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public async Task A_peer_that_the_method_names_is_let_in_and_known_by_name()
    {
        var answer = await new ApiKeys.ApiKeysClient(_vault.CallAs("calls")).AuthenticateAsync(new() { Key = "x" });

        Assert.Equal("calls", answer.ProjectId);
    }

    [Fact]
    public async Task A_peer_that_the_method_does_not_name_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new ApiKeys.ApiKeysClient(_vault.CallAs("media")).AuthenticateAsync(new() { Key = "x" }));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_method_that_names_nobody_is_closed_to_all()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new ApiKeys.ApiKeysClient(_vault.CallAs("calls")).ListApiKeysAsync(new()));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public Task A_well_made_token_is_believed() => AssertAnswerAsync(StatusCode.OK, Signed());

    [Fact]
    public Task A_token_for_another_service_is_refused() => AssertAnswerAsync(StatusCode.Unauthenticated, Signed(audience: "recordings"));

    [Fact]
    public Task A_token_for_another_method_is_refused() =>
        AssertAnswerAsync(StatusCode.Unauthenticated, Signed(scope: "/rapida.vault.v1.ApiKeys/ListApiKeys"));

    [Fact]
    public Task A_token_that_has_expired_is_refused() => AssertAnswerAsync(StatusCode.Unauthenticated, Signed(life: TimeSpan.FromSeconds(-1)));

    [Fact]
    public Task A_token_that_never_expires_is_refused() => AssertAnswerAsync(StatusCode.Unauthenticated, Signed(life: null));

    [Fact]
    public Task A_token_of_an_unknown_service_is_refused() => AssertAnswerAsync(StatusCode.Unauthenticated, Signed(issuer: "stranger"));

    [Fact]
    public Task A_token_of_a_key_that_nobody_knows_is_refused() =>
        AssertAnswerAsync(StatusCode.Unauthenticated, Signed(key: ES256(ECDsa.Create(ECCurve.NamedCurves.nistP256))));

    [Fact]
    public async Task A_peer_that_changes_its_key_is_known_by_the_old_one_and_the_new_one()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var both = $"{Convert.ToBase64String(PublicKeyOf("calls"))}, {Convert.ToBase64String(next.ExportSubjectPublicKeyInfo())}";
        await using var vault = await RunningService.StartAsync(
            app => app.MapGrpcService<GuardedApiKeys>(), services => services.Configure<AccessOptions>(access => access.PublicKeys["calls"] = both));

        foreach (var key in (SigningCredentials[])[KeyOf("calls"), ES256(next)])
        {
            var headers = new Metadata { { "authorization", $"Bearer {Signed(key, "calls")}" } };
            var answer = await new ApiKeys.ApiKeysClient(vault.Channel).AuthenticateAsync(new() { Key = "x" }, headers);
            Assert.Equal("calls", answer.ProjectId);
        }
    }

    [Fact]
    public Task A_peer_cannot_sign_in_the_name_of_another() =>
        AssertAnswerAsync(StatusCode.Unauthenticated, Signed(issuer: "calls", key: KeyOf("media")));

    [Fact]
    public Task A_token_without_a_signature_is_refused() => AssertAnswerAsync(StatusCode.Unauthenticated, Signed(key: null));

    [Fact]
    public Task A_public_key_is_no_shared_secret() =>
        AssertAnswerAsync(StatusCode.Unauthenticated, Signed(key: new(new SymmetricSecurityKey(PublicKeyOf("calls")), SecurityAlgorithms.HmacSha256)));

    [Fact]
    public Task A_token_that_was_changed_is_refused()
    {
        var parts = Signed().Split('.');
        var claims = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("calls", "media", StringComparison.Ordinal);

        return AssertAnswerAsync(StatusCode.Unauthenticated, $"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public Task What_is_no_token_is_refused(string? text) => AssertAnswerAsync(StatusCode.Unauthenticated, text);

    private string Signed() => Signed(key: KeyOf("calls"));

    private string Signed(string issuer = "calls", string audience = RunningService.Name, string scope = Authenticate) =>
        Signed(KeyOf(ServiceKeys.Services.Contains(issuer) ? issuer : "calls"), issuer, audience, scope, TimeSpan.FromMinutes(1));

    private string Signed(TimeSpan? life) => Signed(KeyOf("calls"), "calls", RunningService.Name, Authenticate, life);

    private static string Signed(SigningCredentials? key, string issuer = "calls") =>
        Signed(key, issuer, RunningService.Name, Authenticate, TimeSpan.FromMinutes(1));

    private static string Signed(SigningCredentials? key, string issuer, string audience, string scope, TimeSpan? life)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + life,
            Claims = new Dictionary<string, object> { ["scope"] = scope },
            SigningCredentials = key,
        });
    }

    private static SigningCredentials ES256(ECDsa key) => new(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256);

    private SigningCredentials KeyOf(string service)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_vault.Keys.SettingsFor(service).Single(setting => setting.Key == "Access:SigningKey").Value), out _);
        return ES256(key);
    }

    private byte[] PublicKeyOf(string service) => Convert.FromBase64String(
        _vault.Keys.SettingsFor(service, service).Single(setting => setting.Key == $"Access:PublicKeys:{service}").Value);

    private async Task AssertAnswerAsync(StatusCode expected, string? token)
    {
        var headers = new Metadata();
        if (token is not null)
            headers.Add("authorization", $"Bearer {token}");

        var call = new ApiKeys.ApiKeysClient(_vault.Channel).AuthenticateAsync(new() { Key = "x" }, headers);
        var status = await call.ResponseAsync.ContinueWith(_ => call.GetStatus().StatusCode, TaskScheduler.Default);

        Assert.Equal(expected, status);
    }
}
