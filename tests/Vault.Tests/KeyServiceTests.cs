using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Tests;

/// <summary>The ring key is wrapped by AWS KMS, which is played here: the wire is that of its JSON protocol.</summary>
public sealed class KeyServiceTests : IAsyncLifetime
{
    private static readonly EnvelopeOwner Owner = new(Guid.NewGuid(), Guid.NewGuid(), "credential/test");

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private WebApplication _kms = null!;
    private JsonNode? _asked;
    private string? _target;
    private string? _authorization;

    public async Task InitializeAsync()
    {
        // The end of AWS's chain that asks no other machine.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _kms = builder.Build();
        _kms.MapPost("/", AnswerAsync);
        await _kms.StartAsync();
    }

    public async Task DisposeAsync() => await _kms.DisposeAsync();

    [Fact]
    public async Task A_wrapped_key_is_unwrapped_at_the_start_and_opens_what_it_sealed()
    {
        var unwrapped = new EnvelopeEncryption(new KeyRing(await ConfigureAsync("YmxvYg==")));

        var plain = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Vault:KeyRing:Active"] = "k2", ["Vault:KeyRing:Keys:k2"] = Convert.ToBase64String(_key),
        }).Build();
        Assert.Equal("secret"u8.ToArray(), new EnvelopeEncryption(new KeyRing(plain)).Open(unwrapped.Seal("secret"u8, Owner), Owner));
        Assert.Equal("TrentService.Decrypt", _target);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=test/", _authorization, StringComparison.Ordinal);
        Assert.Contains("/eu-central-1/kms/", _authorization, StringComparison.Ordinal);
        Assert.Equal("YmxvYg==", (string?)_asked!["CiphertextBlob"]);
        Assert.Equal("""{"rapida":"vault-key-ring","key_id":"k2"}""", _asked["EncryptionContext"]!.ToJsonString());
    }

    [Theory]
    [InlineData("cmVmdXNlZA==", "Vault:KeyRing:WrappedKeys:k2 was not unwrapped: AccessDeniedException. Vault needs kms:Decrypt")]
    [InlineData("no-base64!", "Vault:KeyRing:WrappedKeys:k2 is no wrapped key")]
    [InlineData("c2hvcnQ=", "Vault:KeyRing:Keys:k2 is not a key")]
    public async Task A_key_that_is_not_unwrapped_is_named_and_Vault_does_not_start(string blob, string message)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => new KeyRing(await ConfigureAsync(blob)));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wraps_no_key_needs_no_service()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());

        await builder.UnwrapKeysAsync(default);

        Assert.Empty(builder.Configuration.AsEnumerable());
    }

    private async Task<IConfiguration> ConfigureAsync(string blob)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Vault:KeyRing:Active"] = "k2",
            ["Vault:KeyRing:WrappedKeys:k2"] = blob,
            ["Vault:KeyRing:AwsKms:Region"] = "eu-central-1",
            ["Vault:KeyRing:AwsKms:ServiceUrl"] = _kms.Urls.Single(),
        });
        await builder.UnwrapKeysAsync(default);
        return builder.Configuration;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        (_target, _authorization) = (http.Request.Headers["X-Amz-Target"], http.Request.Headers.Authorization);
        _asked = await JsonNode.ParseAsync(http.Request.Body);
        var isRefused = (string?)_asked!["CiphertextBlob"] == "cmVmdXNlZA==";
        http.Response.StatusCode = isRefused ? 400 : 200;
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.WriteAsync(isRefused
            ? """{"__type":"AccessDeniedException","message":"User is not authorized to perform: kms:Decrypt"}"""
            : new JsonObject
            {
                ["KeyId"] = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                ["Plaintext"] = Convert.ToBase64String((string?)_asked["CiphertextBlob"] == "c2hvcnQ=" ? _key[..16] : _key),
                ["EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT",
            }.ToJsonString());
    }
}
