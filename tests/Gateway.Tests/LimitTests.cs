using System.Net;
using System.Net.Sockets;
using System.Text;
using Rapida.Testing;

namespace Rapida.Gateway.Tests;

public sealed class LimitTests : IAsyncLifetime
{
    private const int MaxBody = 256 * 1024;
    private const string UnfinishedBody = "POST /v1/assistants HTTP/1.1\r\nHost: door\r\nContent-Length: 100000\r\n\r\nx";
    private Door _door = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _door = await Door.OpenAsync(
            ("Gateway:Limits:HeadersWithin", "00:00:01"), ("Gateway:Limits:AnswerWithin", "00:00:00.5"));
        _client = _door.NewClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _door.DisposeAsync();
    }

    [Theory]
    [InlineData("/v1/assistants", false)]
    [InlineData("/v1/assistants", true)]
    [InlineData("/v1/talk/twilio/call/1", false)]
    [InlineData("/v1/talk/twilio/call/1", true)]
    public async Task A_body_of_256_KB_passes_and_a_larger_one_is_refused(string path, bool chunked)
    {
        var most = chunked ? MaxBody - 1024 : MaxBody; // Kestrel counts the chunks' lengths too.

        using var passed = await PostAsync(path, most, chunked);
        using var refused = await PostAsync(path, MaxBody + 1, chunked);

        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(most, Assert.Single(_door.Service.Heard).Body.Length);
    }

    [Fact]
    public async Task A_body_that_is_far_too_large_is_refused_before_it_is_sent()
    {
        var answer = await _door.SendRawAsync("POST /v1/assistants HTTP/1.1\r\nHost: door\r\nContent-Length: 9999999999\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("body_too_large", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8_000, 200)]
    [InlineData(8_400, 414)]
    public async Task A_request_line_may_have_8_KB(int length, int status) => Assert.StartsWith(
        $"HTTP/1.1 {status} ", await _door.SendRawAsync($"GET /v1/calls?{new string('q', length)} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 15_000, 200)]
    [InlineData(1, 17_000, 431)]
    [InlineData(60, 10, 200)]
    [InlineData(70, 10, 431)]
    public async Task Headers_may_have_16_KB_and_64_lines(int lines, int length, int status)
    {
        var headers = string.Concat(Enumerable.Range(0, lines).Select(line => $"X-{line}: {new string('h', length)}\r\n"));

        Assert.StartsWith(
            $"HTTP/1.1 {status} ", await _door.SendRawAsync($"GET /v1/calls HTTP/1.1\r\nHost: door\r\nConnection: close\r\n{headers}\r\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_do_not_end_hold_no_connection() =>
        Assert.StartsWith("HTTP/1.1 408 ", await _door.SendRawAsync("GET /v1/calls HTTP/1.1\r\nHost: door\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_body_that_does_not_come_holds_no_connection()
    {
        await using var door = await Door.OpenAsync(("Gateway:Limits:SlowFor", "00:00:01.1"));

        var answer = await door.SendRawAsync(UnfinishedBody);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("request_too_slow", answer, StringComparison.Ordinal);
        Assert.Empty(door.Service.Heard);
    }

    [Fact]
    public async Task A_sender_who_stops_half_way_for_longer_than_a_service_may_is_cut_off()
    {
        await using var door = await Door.OpenAsync(("Gateway:Limits:SlowFor", "00:01:00"), ("Gateway:Limits:AnswerWithin", "00:00:00.5"));

        Assert.Empty(await door.SendRawAsync(UnfinishedBody));
        Assert.Empty(door.Service.Heard);
    }

    [Fact]
    public async Task A_service_that_is_silent_is_a_timeout()
    {
        _door.Service.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        using var answer = await _client.GetAsync(new Uri("/v1/calls", UriKind.Relative));

        Assert.Equal((HttpStatusCode.GatewayTimeout, "timeout"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Contains(_door.Gateway.Logs.Lines, line => line.EventId.Id == 5001);
    }

    [Fact]
    public async Task A_service_that_is_down_is_unavailable()
    {
        await using var gateway = await Door.NewGatewayAsync($"http://127.0.0.1:{FreePort.Next()}");
        using var client = gateway.NewHttpClient();

        using var answer = await client.GetAsync(new Uri("/v1/calls?x-api-key=swordfish", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.DoesNotContain(gateway.Logs.Lines, line => line.ToString().Contains("swordfish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_hangs_up_is_unavailable()
    {
        _door.Service.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        using var answer = await _client.GetAsync(new Uri("/v1/calls", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_no_failure()
    {
        var (heard, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        _door.Service.Answer = context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            heard.SetResult();
            return gone.Task;
        };
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", _door.Gateway.HttpPort);
            await client.GetStream().WriteAsync("GET /v1/calls HTTP/1.1\r\nHost: door\r\n\r\n"u8.ToArray());
            await heard.Task;
        }

        await gone.Task;
        Assert.DoesNotContain(_door.Gateway.Logs.Lines, line => line.EventId.Id == 5001);
    }

    [Fact]
    public async Task A_path_that_nobody_serves_is_a_problem_too()
    {
        using var answer = await _client.GetAsync(new Uri("/wp-login.php", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, "path_unknown"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Theory]
    [InlineData("MaxBodyBytes", "0")]
    [InlineData("SlowFor", "00:00:01")]
    [InlineData("HeadersWithin", "1.00:00:00")]
    public async Task A_limit_that_makes_no_sense_does_not_start(string option, string value)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Door.NewGatewayAsync("http://127.0.0.1:1", ($"Gateway:Limits:{option}", value)));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string path, int length, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('b', length))),
            Headers = { TransferEncodingChunked = chunked },
        };
        return _client.SendAsync(request);
    }
}
