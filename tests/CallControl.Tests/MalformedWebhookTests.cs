using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rapida.Testing;
using Rapida.Testing.Fuzz;

namespace CallControl.Tests;

/// <summary>What Twilio does not send, and others do.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class MalformedWebhookTests(CallsUnderTest calls)
{
    private readonly Caller _caller = calls.NewCaller();

    [Theory]
    [InlineData("CallSid=%00")]
    [InlineData("CallSid=CA1&ParentCallSid=a%00b")]
    public async Task An_unsigned_field_that_no_database_takes_is_refused(string query)
    {
        using var answer = await calls.Http.GetAsync(new Uri($"/v1/talk/twilio/event/{_caller.Tenant.AssistantId}?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CallSid=")]
    [InlineData("CallSid=CA1")]
    public async Task A_callback_that_names_no_call_is_refused_though_calls_wait_that_have_no_name_yet(string query)
    {
        using var placing = new Placing(calls, _caller.Tenant);
        for (var i = 0; i < 2; i++)
            placing.Callee.Replies.Enqueue(FakeTwilio.Reply.TooMany);
        await placing.PlaceAsync();
        await placing.PlaceAsync();

        using var answer = await calls.Http.GetAsync(new Uri($"/v1/talk/twilio/event/{_caller.Tenant.AssistantId}?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_signed_call_from_a_number_that_no_database_takes_is_answered()
    {
        var answer = await _caller.GetAsync(_caller.WebhookUrl, [.. _caller.Incoming.Where(field => field.Name != "From"), ("From", "+1\0")]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("", (await calls.CallAsync(_caller.CallSid))!.FromAddress);
    }

    [Fact]
    public async Task Signed_words_that_no_database_and_no_index_takes_are_ignored()
    {
        var document = await _caller.RingAsync();

        await TryAsync("\0", _caller.GetAsync); // A form's NUL is refused before.
        // It does not compress, and a row of an index has 2,704 bytes.
        await TryAsync(RandomNumberGenerator.GetHexString(8_000), (url, fields) => _caller.PostAsync(url, fields));

        async Task TryAsync(string value, Func<string, (string, string)[], Task<Answer>> sendAsync)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await sendAsync(document.StatusCallback, _caller.Fields(("CallStatus", value), ("SequenceNumber", value)))).Status);
            Assert.Equal(HttpStatusCode.NoContent, (await sendAsync(
                document.StatusCallback, _caller.Fields(("StreamEvent", "stream-started"), ("StreamSid", value), ("StreamError", value)))).Status);
            Assert.Equal(HttpStatusCode.OK, (await sendAsync(document.Action, _caller.Fields(("DialCallStatus", value)))).Status);
        }
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData(" 5")]
    public async Task A_duration_that_is_none_is_measured(string duration)
    {
        var document = await _caller.RingAsync();
        await _caller.ClaimAsync(document);
        calls.Clock.Advance(TimeSpan.FromSeconds(3));

        await _caller.StatusAsync(document, "completed", ("CallDuration", duration));

        Assert.Equal(3, (await calls.CallAsync(_caller.CallSid))!.DurationSeconds);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    public async Task A_form_is_UTF_8_whatever_it_is_called(string contentType) => Assert.Equal(
        HttpStatusCode.OK,
        (await _caller.PostAsync(_caller.WebhookUrl, _caller.Incoming, request =>
        {
            request.Content!.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        })).Status);

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"CallSid\"\r\n\r\nCA")]
    [InlineData("application/x-www-form-urlencoded", "%&=%ZZ&\xC0\x80")]
    public async Task A_body_that_cannot_be_read_is_refused(string contentType, string body)
    {
        using var connection = new RawConnection(calls.Service.HttpPort);

        var answer = await connection.SendAsync(FuzzedRequest.Of("", "POST", Target, [$"Content-Type: {contentType}"], Encoding.Latin1.GetBytes(body)));

        Assert.Equal(403, answer?.Status);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("zz\r\n")]
    [InlineData("5\r\na=b")]
    public async Task Chunks_that_are_none_are_refused_or_cut_off(string chunks)
    {
        using var connection = new RawConnection(calls.Service.HttpPort);
        var request = $"POST {Target} HTTP/1.1\r\nHost: door\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}";

        var answer = await connection.SendAsync(new("", Encoding.ASCII.GetBytes(request), MustBeAnswered: false, EndsConnection: true));

        Assert.True(answer is null or { Status: 403 }, answer?.Head);
    }

    [Theory]
    [InlineData("https://voice.example.com", "\"b\"", 200)]
    [InlineData("https://voice.example.com?a=b", "\"b\"", 200)]
    [InlineData("https://voice.example.com/", "\"\\ud800\"", 400)]
    [InlineData("https://voice.example.com/", "[\"b\",\"\\udc00\"]", 400)]
    public async Task A_request_to_be_diagnosed_may_be_anything(string url, string value, int status)
    {
        using var http = calls.Rest(_caller.Tenant);
        using var body = new StringContent(
            $$"""{"credential_id":"{{_caller.Tenant.CredentialId}}","url":"{{url}}","signature":"{{new string('A', 28)}}","params":{"a":{{value}} } }""", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri("/v1/diagnostics/signature", UriKind.Relative), body);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 400)
            Assert.Equal("params_invalid", await answer.CodeAsync());
    }

    private string Target => $"/v1/talk/twilio/event/{_caller.Tenant.AssistantId}";
}
