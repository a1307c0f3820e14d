using System.Net;
using System.Text.RegularExpressions;
using Rapida.Testing;

namespace Rapida.Gateway.Tests;

public sealed partial class RateTests(RedisOfOurOwn redis) : IClassFixture<RedisOfOurOwn>, IAsyncLifetime
{
    private const string Api = "/v1/calls";
    private const string Webhook = "/v1/talk/twilio/call/1";
    private Door _door = null!;

    public async Task InitializeAsync()
    {
        await redis.TellAsync("FLUSHALL");
        _door = await Door.OpenAsync(Settings());
    }

    public async Task DisposeAsync() => await _door.DisposeAsync();

    [Fact]
    public async Task A_key_may_ask_as_often_as_its_burst_and_then_waits()
    {
        var key = NewKey();
        for (var left = 4; left >= 0; left--)
        {
            using var passed = await AskAsync(Api, key);
            Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
            Assert.Equal($"\"key\";r={left};t={(5 - left) * 100}, \"address\";r=9;t=100", HeaderOf(passed, "RateLimit"));
        }

        using var refused = await AskAsync(Api, key);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
        Assert.Equal("\"key\";q=5;w=500, \"address\";q=10;w=1000", HeaderOf(refused, "RateLimit-Policy"));
        Assert.Equal("\"key\";r=0;t=500, \"address\";r=10;t=0", HeaderOf(refused, "RateLimit"));
        Assert.Equal("nosniff", HeaderOf(refused, "X-Content-Type-Options"));
        Assert.Equal(5, _door.Service.Heard.Count);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey()));
    }

    [Fact]
    public async Task What_was_used_up_comes_back_with_time()
    {
        var key = NewKey();
        await ExhaustAsync(Api, key, 5);

        await redis.ElapseAsync(TimeSpan.FromSeconds(201));

        await ExhaustAsync(Api, key, 2);
    }

    [Fact]
    public async Task An_address_may_ask_as_often_as_its_burst_with_whatever_keys()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey(), from: "203.0.113.7"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(Api, NewKey(), from: "203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(Api, key: null, from: "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey(), from: "203.0.113.8"));
    }

    [Fact]
    public async Task All_of_an_ipv6_network_of_64_bits_is_one_address()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey(), from: $"2001:db8:1:2::{i:x}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(Api, NewKey(), from: "2001:db8:1:2:ffff::1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey(), from: "2001:db8:1:3::1"));
    }

    [Fact]
    public async Task A_client_of_the_api_in_a_loop_loses_no_webhook()
    {
        var key = NewKey();
        const string Address = "203.0.113.9";
        for (var i = 0; i < 10; i++)
            await StatusAsync(Api, key: null, Address);
        await ExhaustAsync(Api, key, 5);

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(Api, key: null, Address));
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{Webhook}?x-api-key={key}", key: null, Address));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync($"{Webhook}?x-api-key={key}", key: null));
    }

    [Fact]
    public async Task Two_gateways_together_allow_the_limit_and_not_twice()
    {
        await using var second = await Door.OpenAsync(Settings());
        var key = NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => StatusAsync(Api, key, door: i % 2 == 0 ? _door : second)));

        Assert.Equal(5, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(35, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, _door.Service.Heard.Count + second.Service.Heard.Count);
    }

    [Fact]
    public async Task Redis_is_asked_once_for_a_request_and_learns_no_key()
    {
        var key = NewKey();
        await StatusAsync(Api, key);
        await redis.TellAsync("CONFIG RESETSTAT");

        for (var i = 0; i < 3; i++)
            await StatusAsync(Api, key);
        await StatusAsync($"{Webhook}?x-api-key={key}", key: null);

        Assert.Contains("cmdstat_evalsha:calls=4,", await redis.TellAsync("INFO commandstats"), StringComparison.Ordinal);
        var counted = await redis.TellAsync("KEYS *");
        Assert.Contains("rate:api:key:", counted, StringComparison.Ordinal);
        Assert.DoesNotContain(key, counted, StringComparison.Ordinal);
        // Each of them is forgotten when it has its burst again.
        foreach (Match counter in Counter().Matches(counted))
            Assert.InRange(int.Parse(Number().Match(await redis.TellAsync($"TTL {counter.Value}")).Value), 1, 2_000);
    }

    [Fact]
    public async Task Without_redis_the_door_stays_open_and_each_gateway_counts_for_itself()
    {
        await StatusAsync(Api, NewKey());
        await redis.StopAsync();
        var key = NewKey();

        await ExhaustAsync(Api, key, 5);

        using var client = _door.NewClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
        Assert.Single(_door.Gateway.Logs.Lines, line => line.EventId.Id == 5101);

        await redis.StartAgainAsync();
        await UntilRedisAnswersAsync();

        await ExhaustAsync(Api, key, 5); // A Redis that was empty knows of nothing.
        Assert.Single(_door.Gateway.Logs.Lines, line => line.EventId.Id == 5101);
    }

    [Fact]
    public async Task A_slow_redis_holds_no_request_up()
    {
        await using var door = await Door.OpenAsync([.. Settings(), ("Gateway:Rates:RedisWithin", "00:00:00.05")]);
        await redis.TellAsync("CLIENT PAUSE 60000 WRITE");
        try
        {
            var key = NewKey();
            await ExhaustAsync(Api, key, 5, door).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Single(door.Gateway.Logs.Lines, line => line.EventId.Id == 5101);
        }
        finally
        {
            await redis.TellAsync("CLIENT UNPAUSE");
        }

        await UntilRedisAnswersAsync(door);
    }

    [Fact]
    public async Task A_gateway_starts_without_redis()
    {
        await using var door = await Door.OpenAsync(
            ("ConnectionStrings:cache", $"127.0.0.1:{FreePort.Next()},connectTimeout=200,connectRetry=1"), ("Gateway:Rates:ApiKey:Burst", "5"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Api, NewKey(), door: door));
    }

    [Fact]
    public async Task A_rate_of_nothing_does_not_start()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Door.NewGatewayAsync("http://127.0.0.1:1", ("Gateway:Rates:ApiKey:PerSecond", "0")));

        Assert.Contains("PerSecond", refused.Message, StringComparison.Ordinal);
    }

    private static string NewKey() => $"rpd-{Guid.NewGuid():N}";

    // So slow that none comes back while a test runs.
    private (string Key, string Value)[] Settings() =>
    [
        ("ConnectionStrings:cache", redis.Address),
        ("Gateway:TrustedProxies:0", "127.0.0.1"),
        ("Gateway:Rates:AskAgainAfter", "00:00:00.1"),
        .. RateOf("ApiKey", 5), .. RateOf("ApiAddress", 10), .. RateOf("WebhookKey", 3), .. RateOf("WebhookAddress", 10),
    ];

    private static (string, string)[] RateOf(string what, int burst) =>
        [($"Gateway:Rates:{what}:PerSecond", "0.01"), ($"Gateway:Rates:{what}:Burst", $"{burst}")];

    /// <summary>So many pass, and the next does not. Each comes from an address of its own.</summary>
    private async Task ExhaustAsync(string path, string key, int passes, Door? door = null)
    {
        for (var i = 0; i < passes; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(path, key, door: door));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(path, key, door: door));
    }

    private async Task UntilRedisAnswersAsync(Door? door = null)
    {
        while (!(door ?? _door).Gateway.Logs.Lines.Any(line => line.EventId.Id == 5102))
            await StatusAsync(Api, NewKey(), door: door);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? key, string? from = null, Door? door = null)
    {
        using var answer = await AskAsync(path, key, from, door);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? key, string? from = null, Door? door = null)
    {
        using var client = (door ?? _door).NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", from ?? new IPAddress(Random.Shared.NextInt64(0x01000000, 0x7e000000)).ToString());
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        return await client.SendAsync(request);
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    [GeneratedRegex("rate:[a-z0-9:.]+")]
    private static partial Regex Counter();

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}
