using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Tests;

public sealed class WebhookTests
{
    private const string Number = "Accounts:0:Numbers:0:";

    [Fact]
    public async Task An_inbound_call_posts_the_fields_that_twilio_posts()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", "<Hangup/>");

        var report = await emulator.CallAsync(new { from = "+13125550123", to = EmulatorUnderTest.Number });

        var request = Assert.Single(emulator.Application.RequestsTo("/voice"));
        string[] expected =
        [
            "AccountSid", "ApiVersion", "CallSid", "CallStatus", "CallToken", "Called", "CalledCity", "CalledCountry", "CalledState", "CalledZip",
            "Caller", "CallerCity", "CallerCountry", "CallerState", "CallerZip", "Direction", "From", "FromCity", "FromCountry", "FromState", "FromZip",
            "StirVerstat", "To", "ToCity", "ToCountry", "ToState", "ToZip",
        ];
        Assert.Equal(expected, request.Form.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("POST", "ringing", "inbound"), (request.Method, request["CallStatus"], request["Direction"]));
        Assert.Equal(("+13125550123", "+13125550123", EmulatorUnderTest.Number), (request["From"], request["Caller"], request["Called"]));
        Assert.Equal(report.GetProperty("call_sid").GetString(), request["CallSid"]);
        Assert.Equal("", request["FromCity"]);
        Assert.StartsWith("%7B%22parentCallInfoToken%22", request["CallToken"]);
        Assert.Contains("CallToken=%257B%2522", request.Body);
    }

    [Fact]
    public async Task A_webhook_carries_twilios_headers_and_no_trace()
    {
        using var trace = new Activity("test").Start();
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", "<Hangup/>");

        await emulator.CallAsync();

        var request = Assert.Single(emulator.Application.RequestsTo("/voice"));
        Assert.Equal("TwilioProxy/1.1", request.Headers.UserAgent);
        Assert.Equal("*/*", request.Headers.Accept);
        Assert.StartsWith("application/x-www-form-urlencoded", request.Headers.ContentType);
        Assert.True(Guid.TryParse(request.Headers["I-Twilio-Idempotency-Token"], out _));
        Assert.Equal(
            TwilioSignature.Compute(EmulatorUnderTest.AuthToken, emulator.Application.Url("/voice"), request.Form),
            request.Headers["X-Twilio-Signature"]);
        Assert.DoesNotContain(request.Headers.Keys, k => k is "traceparent" or "tracestate" or "Request-Id" or "baggage");
    }

    [Fact]
    public async Task A_number_that_says_GET_has_everything_in_the_signed_query()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceUrl", "{app}/voice?x-api-key=k%2F1"), (Number + "VoiceMethod", "GET"));
        emulator.Application.Twiml("/voice", "<Hangup/>");

        var report = await emulator.CallAsync();

        var request = Assert.Single(emulator.Application.RequestsTo("/voice"));
        Assert.Equal("GET", request.Method);
        Assert.StartsWith("/voice?x-api-key=k%2F1&", request.RawTarget);
        Assert.Contains("From=%2B13125550123", request.RawTarget);
        Assert.Equal(TwilioSignature.Compute(EmulatorUnderTest.AuthToken, emulator.Application.Url(request.RawTarget), []), request.Headers["X-Twilio-Signature"]);
        Assert.EndsWith("/voice?x-api-key=…", report.GetProperty("webhooks")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_fragment_retries_with_the_same_token_and_is_neither_sent_nor_signed()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceUrl", "{app}/voice#rc=3&rp=ct,rt,5xx&rt=4000"));
        var attempts = 0;
        emulator.Application.Answer("/voice", async http =>
        {
            http.Response.StatusCode = ++attempts < 3 ? 502 : 200;
            http.Response.ContentType = "text/xml";
            await http.Response.WriteAsync("<Response/>");
        });

        var report = await emulator.CallAsync();

        var requests = emulator.Application.RequestsTo("/voice");
        Assert.Equal(3, requests.Count);
        Assert.Single(requests.Select(r => r.Headers["I-Twilio-Idempotency-Token"].ToString()).Distinct());
        Assert.All(requests, r => Assert.Equal("/voice", r.RawTarget));
        Assert.Equal(TwilioSignature.Compute(EmulatorUnderTest.AuthToken, emulator.Application.Url("/voice"), requests[0].Form), requests[0].Headers["X-Twilio-Signature"]);
        Assert.Empty(EmulatorUnderTest.Warnings(report));
    }

    [Fact]
    public async Task A_server_error_is_not_retried_but_goes_to_the_fallback_with_its_reason()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceFallbackUrl", "{app}/fallback"));
        emulator.Application.Raw("/voice", "broken", status: 500).Twiml("/fallback", "<Hangup/>");

        var report = await emulator.CallAsync();

        Assert.Single(emulator.Application.RequestsTo("/voice"));
        var fallback = Assert.Single(emulator.Application.RequestsTo("/fallback"));
        Assert.Equal(("11200", emulator.Application.Url("/voice")), (fallback["ErrorCode"], fallback["ErrorUrl"]));
        Assert.Equal("hangup_verb", report.GetProperty("end_reason").GetString());
    }

    [Fact]
    public async Task A_refused_connection_goes_to_the_fallback()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceUrl", "http://127.0.0.1:1/voice"), (Number + "VoiceFallbackUrl", "{app}/fallback"));
        emulator.Application.Twiml("/fallback", "<Hangup/>");

        await emulator.CallAsync();

        Assert.Equal("11205", Assert.Single(emulator.Application.RequestsTo("/fallback"))["ErrorCode"]);
    }

    [Fact]
    public async Task An_answer_after_the_limit_is_no_answer()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceUrl", "{app}/voice#tt=2000"), (Number + "VoiceFallbackUrl", "{app}/fallback"));
        emulator.Application.Answer("/voice", http => Task.Delay(Timeout.Infinite, http.RequestAborted)).Twiml("/fallback", "<Hangup/>");

        await emulator.CallAsync();

        Assert.Equal("11205", Assert.Single(emulator.Application.RequestsTo("/fallback"))["ErrorCode"]);
    }

    [Fact]
    public async Task Redirects_are_followed_ten_times()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "VoiceFallbackUrl", "{app}/fallback"));
        emulator.Application
            .Answer("/voice", http =>
            {
                http.Response.Redirect("/voice", permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            })
            .Twiml("/fallback", "<Hangup/>");

        await emulator.CallAsync();

        Assert.Equal(11, emulator.Application.RequestsTo("/voice").Count);
        Assert.Equal("11215", Assert.Single(emulator.Application.RequestsTo("/fallback"))["ErrorCode"]);
    }

    [Fact]
    public async Task Without_any_document_the_caller_hears_an_apology_and_the_call_is_completed()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Raw("/voice", """{"error":"no"}""", "application/json");

        var report = await emulator.CallAsync();

        Assert.Contains("application error", Assert.Single(report.GetProperty("said").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(("completed", "application_error"), (report.GetProperty("status").GetString(), report.GetProperty("end_reason").GetString()));
        Assert.Equal([12300], EmulatorUnderTest.Warnings(report));
    }

    [Fact]
    public async Task The_number_hears_once_that_the_call_is_over()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync((Number + "StatusCallback", "{app}/status"));
        emulator.Application.Twiml("/voice", "<Pause/><Pause/><Hangup/>");

        await emulator.CallAsync();

        var status = Assert.Single(emulator.Application.RequestsTo("/status"));
        var seconds = int.Parse(status["CallDuration"]);
        Assert.Equal(("completed", "call-progress-events"), (status["CallStatus"], status["CallbackSource"]));
        Assert.True(seconds >= 1);
        Assert.Equal($"{(seconds + 59) / 60}", status["Duration"]);
        Assert.Matches(@"^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$", status["Timestamp"]);
        Assert.Equal(
            TwilioSignature.Compute(EmulatorUnderTest.AuthToken, emulator.Application.Url("/status"), status.Form),
            status.Headers["X-Twilio-Signature"]);
    }
}
