using System.Net.WebSockets;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>What follows what: verbs, the ends of streams, and Twilio's undocumented choices.</summary>
public sealed class CallFlowTests
{
    [Fact]
    public async Task Say_is_heard_and_told()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", "<Say>Goodbye</Say>");

        var report = await emulator.CallAsync();

        Assert.Equal("Goodbye", Assert.Single(report.GetProperty("said").EnumerateArray()).GetProperty("text").GetString());
        Assert.True(report.GetProperty("length_ms").GetInt32() >= 400);
    }

    [Fact]
    public async Task A_relative_redirect_resolves_against_its_document_while_the_call_is_in_progress()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", "<Redirect>next</Redirect><Say>Never</Say>").Twiml("/next", "<Hangup/>");

        var report = await emulator.CallAsync();

        Assert.Equal("in-progress", Assert.Single(emulator.Application.RequestsTo("/next"))["CallStatus"]);
        Assert.Empty(report.GetProperty("said").EnumerateArray());
    }

    [Theory]
    [InlineData("<Reject reason='busy'/>", "busy", false, "rejected")]
    [InlineData("<Reject/>", "no-answer", false, "rejected")]
    [InlineData("", "completed", true, "end_of_document")]
    [InlineData("<Hangup/>", "completed", true, "hangup_verb")]
    public async Task A_call_ends_as_its_document_says(string verbs, string status, bool answered, string reason)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", verbs);

        var report = await emulator.CallAsync();

        Assert.Equal(
            (status, answered, reason),
            (report.GetProperty("status").GetString(), report.GetProperty("answered").GetBoolean(), report.GetProperty("end_reason").GetString()));
    }

    [Theory]
    [InlineData(true, "action")]
    [InlineData(false, "next verb")]
    public async Task After_the_servers_close_comes_the_action_or_the_next_verb(bool actionIsCalled, string expected)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync(("ConnectActionIsCalled", $"{actionIsCalled}"));
        WithStream(emulator, server => server.CloseAsync());

        var report = await emulator.CallAsync();

        Assert.Equal(expected, WhatFollowed(emulator, report));
        Assert.Empty(EmulatorUnderTest.Warnings(report));
        Assert.Equal("closed_by_server", Assert.Single(report.GetProperty("streams").EnumerateArray()).GetProperty("end").GetString());
    }

    [Theory]
    [InlineData("as_normal", "action")]
    [InlineData("continue", "next verb")]
    [InlineData("action", "action")]
    [InlineData("end_call", "end")]
    public async Task After_an_abnormal_close_comes_what_the_call_was_told(string behaviour, string expected)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        WithStream(emulator, server => server.CloseAsync(WebSocketCloseStatus.InternalServerError));

        var report = await emulator.CallAsync(new { to = EmulatorUnderTest.Number, abnormal_close = behaviour });

        Assert.Equal(expected, WhatFollowed(emulator, report));
        Assert.Equal([31921], EmulatorUnderTest.Warnings(report));
    }

    [Fact]
    public async Task A_lost_connection_is_an_abnormal_close_with_an_error_callback()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        WithStream(emulator, server =>
        {
            server.Upgrade.Abort();
            return Task.CompletedTask;
        });

        var report = await emulator.CallAsync();

        Assert.Equal("closed_abnormally", Assert.Single(report.GetProperty("streams").EnumerateArray()).GetProperty("end").GetString());
        var events = emulator.Application.RequestsTo("/stream-status").Select(r => r["StreamEvent"]).Order(StringComparer.Ordinal);
        Assert.Equal(["stream-error", "stream-started"], events);
        Assert.NotEmpty(emulator.Application.RequestsTo("/stream-status").Single(r => r["StreamEvent"] == "stream-error")["StreamError"]);
    }

    [Theory]
    [InlineData("ws://{authority}/refused", "", 31920)]
    [InlineData("ws://127.0.0.1:1/media", "", 31902)]
    [InlineData("https://{authority}/media", "", 31922)]
    [InlineData("ws://example.com/media", "", 31922)]
    [InlineData("wss://", "", 31923)]
    [InlineData("ws://{authority}/media", "track='both_tracks'", 31941)]
    public async Task A_stream_that_cannot_be_opened_has_its_code_and_the_document_goes_on(string url, string attribute, int code)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        var address = url.Replace("{authority}", emulator.Application.Authority, StringComparison.Ordinal);
        emulator.Application
            .Raw("/refused", "no", status: 403)
            .Twiml("/voice", $"<Connect><Stream url='{address}' {attribute}/></Connect><Redirect>/after</Redirect>")
            .Twiml("/after", "<Hangup/>");

        var report = await emulator.CallAsync();

        Assert.Equal([code], EmulatorUnderTest.Warnings(report));
        Assert.Equal("next verb", WhatFollowed(emulator, report));
        Assert.Equal("never_connected", Assert.Single(report.GetProperty("streams").EnumerateArray()).GetProperty("end").GetString());
    }

    private static void WithStream(EmulatorUnderTest emulator, Func<ServerSide, Task> talk) => emulator.Application
        .Twiml("/voice", $"""
            <Connect action="/action"><Stream url="{emulator.Application.StreamUrl()}" statusCallback="{emulator.Application.Url("/stream-status")}"/></Connect>
            <Redirect>/after</Redirect>
            """)
        .Twiml("/action", "<Hangup/>")
        .Twiml("/after", "<Hangup/>")
        .Stream(async server =>
        {
            await server.UntilMediaAsync(2);
            await talk(server);
        });

    private static string WhatFollowed(EmulatorUnderTest emulator, JsonElement report) =>
        (emulator.Application.RequestsTo("/action").Count, emulator.Application.RequestsTo("/after").Count, report.GetProperty("end_reason").GetString()) switch
        {
            (1, 0, "hangup_verb") => "action",
            (0, 1, "hangup_verb") => "next verb",
            (0, 0, "stream_failed") => "end",
            var other => $"{other}",
        };
}
