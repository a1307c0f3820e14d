using System.Net;
using Microsoft.AspNetCore.Http;
using Rapida.Testing.Fuzz;

namespace Rapida.Gateway.Tests;

public sealed class HeaderTests : IAsyncLifetime
{
    private const string Proxy = "127.0.0.9";
    private const string OuterProxy = "10.1.2.3";
    private const string Forged =
        "X-Forwarded-For: 203.0.113.66, 10.1.2.3\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 1\r\n" +
        "Forwarded: for=203.0.113.66\r\nX-Real-IP: 203.0.113.66\r\nX-Original-For: 203.0.113.66\r\n";

    private Door _door = null!;

    public async Task InitializeAsync() => _door = await Door.OpenAsync(("Gateway:TrustedProxies:0", Proxy), ("Gateway:TrustedProxies:1", "10.0.0.0/8"));

    public async Task DisposeAsync() => await _door.DisposeAsync();

    [Theory]
    [InlineData("/v1/calls", HttpStatusCode.OK)]
    [InlineData("/v1/talk/twilio/call/1", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task Every_answer_is_secured_and_tells_no_server(string path, HttpStatusCode status)
    {
        using var client = _door.NewClient();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("nosniff", HeaderOf(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", HeaderOf(answer, "Referrer-Policy"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", HeaderOf(answer, "Content-Security-Policy"));
        Assert.Contains("no-store", HeaderOf(answer, "Cache-Control"), StringComparison.Ordinal);
        Assert.Null(HeaderOf(answer, "Server"));
        Assert.Null(HeaderOf(answer, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_header_that_is_not_ASCII_arrives_as_it_was_sent()
    {
        using var connection = new RawConnection(_door.Gateway.HttpPort);

        var answer = await connection.SendAsync(FuzzedRequest.Of("", "GET", "/v1/calls", ["X-City: São Paulo ✓"], []));

        Assert.Equal(200, answer?.Status);
        Assert.Equal("São Paulo ✓", Assert.Single(_door.Service.Heard).Headers["X-City"]);
    }

    [Fact]
    public async Task What_a_service_says_of_caching_and_contents_stands()
    {
        _door.Service.Answer = context =>
        {
            context.Response.Headers.CacheControl = "private, max-age=60";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return context.Response.WriteAsync("audio");
        };
        using var client = _door.NewClient();

        using var answer = await client.GetAsync(new Uri("/v1/recordings/1/audio", UriKind.Relative));

        Assert.Equal("max-age=60, private", HeaderOf(answer, "Cache-Control"));
        Assert.Equal("default-src 'self'", HeaderOf(answer, "Content-Security-Policy"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")] // As Aspire sets it where it deploys to.
    public async Task What_a_caller_says_of_itself_is_not_believed(string forwardedHeadersEnabled)
    {
        await using var door = await Door.OpenAsync(("ForwardedHeaders_Enabled", forwardedHeadersEnabled), ("Gateway:TrustedProxies:0", Proxy));
        await using var open = await Door.OpenAsync(("ForwardedHeaders_Enabled", forwardedHeadersEnabled));

        foreach (var gateway in new[] { door, open })
        {
            var answer = await gateway.SendRawAsync(Get(Forged));

            Assert.DoesNotContain("Strict-Transport-Security", answer, StringComparison.Ordinal);
            var headers = Assert.Single(gateway.Service.Heard).Headers;
            Assert.Equal(("127.0.0.1", "http", "door"), Said(headers));
            Assert.Equal(
                ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"],
                headers.Keys.Where(name => name.Contains("Forwarded", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Empty(headers.Keys.Intersect(["X-Real-IP", "X-Original-For", "X-Original-Proto"]));
        }
    }

    [Fact]
    public async Task What_a_trusted_proxy_says_of_the_caller_is_believed_and_no_more_than_that()
    {
        // The caller claims to be 198.51.100.1; the proxies saw 203.0.113.66.
        var answer = await _door.SendRawAsync(
            Get($"X-Forwarded-For: 198.51.100.1, 203.0.113.66, {OuterProxy}\r\nX-Forwarded-Proto: http, https, https\r\nX-Forwarded-Host: evil.example\r\n"),
            from: Proxy);

        Assert.Contains("Strict-Transport-Security: max-age=31536000\r\n", answer, StringComparison.Ordinal);
        var headers = Assert.Single(_door.Service.Heard).Headers;
        Assert.Equal(("203.0.113.66", "https", "door"), Said(headers));
        Assert.DoesNotContain(headers.Keys, name => name.StartsWith("X-Original-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_meant_for_one_hop_goes_no_further_and_the_rest_does()
    {
        await _door.SendRawAsync(Get("X-Twilio-Signature: abc=\r\nKeep-Alive: timeout=5\r\nProxy-Authorization: Basic eA==\r\nTE: trailers\r\n"));

        var headers = Assert.Single(_door.Service.Heard).Headers;
        Assert.Equal("abc=", headers["X-Twilio-Signature"]);
        Assert.Empty(headers.Keys.Intersect(["Connection", "Keep-Alive", "Proxy-Authorization", "TE"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("10.0.0.1/33")]
    [InlineData("the load balancer")]
    public async Task A_proxy_that_is_no_address_does_not_start(string proxy)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Door.NewGatewayAsync("http://127.0.0.1:1", ("Gateway:TrustedProxies:0", proxy)));

        Assert.Contains($"Gateway:TrustedProxies has '{proxy}'", refused.Message, StringComparison.Ordinal);
    }

    private static (string For, string Proto, string Host) Said(IHeaderDictionary headers) =>
        ($"{headers["X-Forwarded-For"]}", $"{headers["X-Forwarded-Proto"]}", $"{headers["X-Forwarded-Host"]}");

    private static string Get(string headers) => $"GET /v1/calls HTTP/1.1\r\nHost: door\r\nConnection: close\r\n{headers}\r\n";

    private static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
