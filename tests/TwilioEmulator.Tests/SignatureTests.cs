using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Tests;

public sealed class SignatureTests
{
    public static TheoryData<string> Vectors => [.. All.Select(v => v.GetProperty("name").GetString()!)];

    private static readonly JsonElement[] All =
        [.. JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "signature_vectors.json"))).EnumerateArray()];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_holds_under_the_strict_rule(string name)
    {
        var vector = All.Single(v => v.GetProperty("name").GetString() == name);
        var (url, token) = (vector.GetProperty("url").GetString()!, vector.GetProperty("authToken").GetString()!);
        var form = vector.TryGetProperty("params", out var fields) && fields.ValueKind == JsonValueKind.Object ? Form(fields) : [];

        var holds = Candidates(url).Any(u => TwilioSignature.Compute(token, u, form) == vector.GetProperty("signature").GetString());
        if (vector.TryGetProperty("body", out var body))
            holds &= Regex.Match(url, "[?&]bodySHA256=([^&#]*)").Groups[1].Value == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.GetString()!)));

        Assert.Equal(vector.GetProperty("expect").GetBoolean(), holds);
    }

    [Theory]
    [InlineData("https://example.com:8443/a?b=c", "https://example.com/a?b=c")]
    [InlineData("wss://example.com:8443/a", "wss://example.com/a")]
    [InlineData("http://example.com:8080/a?b=c:d", "http://example.com:8080/a?b=c:d")]
    [InlineData("https://user:p%40ss@Example.com:8443/a@b:c#rc=3", "https://Example.com/a@b:c")]
    [InlineData("https://[::1]:8443/a", "https://[::1]/a")]
    [InlineData("https://example.com", "https://example.com")]
    public void The_port_of_an_encrypted_url_the_userinfo_and_the_fragment_are_not_signed(string url, string expected) =>
        Assert.Equal(expected, WebhookAddress.Parse(url).SignedUrl);

    [Fact]
    public void A_log_shows_no_value_of_a_query() =>
        Assert.Equal("https://example.com/a?x-api-key=…&flag", WebhookAddress.Parse("https://example.com/a?x-api-key=secret&flag#rc=1").Redacted);

    // The verifier's side of the rule: without the port, and with it.
    private static string[] Candidates(string url)
    {
        var match = Regex.Match(url, @"^(?<scheme>[a-z]+)://(?<user>[^/?@]*@)?(?<host>\[[^\]]*\]|[^/?:]*)(:(?<port>\d+))?(?<rest>.*)$", RegexOptions.IgnoreCase);
        var groups = match.Groups;
        var start = $"{groups["scheme"]}://{groups["user"]}{groups["host"]}";
        var usual = groups["scheme"].Value.ToLowerInvariant() is "https" or "wss" ? "443" : "80";
        return [start + groups["rest"], $"{start}:{(groups["port"].Success ? groups["port"].Value : usual)}{groups["rest"]}"];
    }

    private static List<KeyValuePair<string, string>> Form(JsonElement fields) =>
    [
        .. from field in fields.EnumerateObject()
           from value in field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray() : Enumerable.Repeat(field.Value, 1)
           select KeyValuePair.Create(field.Name, value.GetString()!),
    ];
}
