using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Tests;

public sealed class MediaStreamTests : IAsyncLifetime
{
    private EmulatorUnderTest _emulator = null!;

    private FakeApplication Application => _emulator.Application;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorUnderTest.StartAsync();
        Application.Twiml("/voice", $"""<Connect><Stream url="{Application.StreamUrl()}"><Parameter name="ticket" value="a&amp;b"/></Stream></Connect>""");
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task What_the_server_sends_is_what_the_caller_hears()
    {
        var tone = ServerSide.Tone(600);
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            await server.SendAudioAsync(tone);
            await server.SendMarkAsync("end");
            await server.UntilAsync("mark");
            await server.CloseAsync();
        });

        var report = await _emulator.CallAsync();

        var heard = EmulatorUnderTest.Heard(report);
        var start = heard.AsSpan().IndexOf(tone);
        Assert.True(start >= 0, "The tone was not heard as it was sent.");
        Assert.True(heard.AsSpan(0, start).IndexOfAnyExcept((byte)0xFF) < 0);
        Assert.True(heard.AsSpan(start + tone.Length).IndexOfAnyExcept((byte)0xFF) < 0);
        Assert.Equal(heard.Length, EmulatorUnderTest.Heard(report, "caller_wav").Length);
        Assert.Equal("completed", report.GetProperty("status").GetString());
        Assert.Equal("end_of_document", report.GetProperty("end_reason").GetString());
        Assert.Empty(EmulatorUnderTest.Warnings(report));
        var segment = Assert.Single(report.GetProperty("heard").EnumerateArray());
        Assert.Equal(600, segment.GetProperty("end_ms").GetInt32() - segment.GetProperty("start_ms").GetInt32());
    }

    [Fact]
    public async Task Messages_have_the_shapes_of_the_wire()
    {
        var seen = new TaskCompletionSource<ServerSide>();
        Application.Stream(async server =>
        {
            await server.UntilMediaAsync(3);
            await server.SendMarkAsync("label");
            await server.UntilAsync("mark");
            await server.CloseAsync();
            seen.SetResult(server);
        });

        var sid = await _emulator.PlaceAsync();
        await _emulator.EndOfAsync(sid);

        var stream = await seen.Task;
        var (messages, streamSid) = (stream.Messages, stream.StreamSid);
        Assert.Equal("""{"event":"connected","protocol":"Call","version":"1.0.0"}""", messages[0].GetRawText());
        AssertJson($$"""
            {"event":"start","sequenceNumber":"1","start":{"accountSid":"{{EmulatorUnderTest.AccountSid}}","streamSid":"{{streamSid}}","callSid":"{{sid}}","tracks":["inbound"],
             "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"ticket":"a&b"} },"streamSid":"{{streamSid}}"}
            """, messages[1]);

        var timestamp = messages[2].GetProperty("media").GetProperty("timestamp").GetString()!;
        var silence = Convert.ToBase64String(Enumerable.Repeat((byte)0xFF, 160).ToArray());
        Assert.InRange(int.Parse(timestamp), 150, 175);
        AssertJson($$"""
            { "event":"media", "sequenceNumber":"2", "streamSid":"{{streamSid}}",
              "media":{ "track":"inbound", "chunk":"1", "timestamp":"{{timestamp}}", "payload":"{{silence}}" } }
            """, messages[2]);

        var mark = messages.Single(m => ServerSide.Kind(m) == "mark");
        AssertJson($$"""{ "event":"mark", "sequenceNumber":"{{messages.IndexOf(mark)}}", "streamSid":"{{streamSid}}", "mark":{ "name":"label" } }""", mark);
        Assert.Equal(Enumerable.Range(1, messages.Count - 1).Select(n => $"{n}"), messages.Skip(1).Select(m => m.GetProperty("sequenceNumber").GetString()));
        Assert.StartsWith("MZ", streamSid);
    }

    [Fact]
    public async Task The_upgrade_is_signed_without_the_query_and_has_twilios_headers()
    {
        var upgrade = new TaskCompletionSource<(string Target, string Signature, string Headers)>();
        Application.Twiml("/voice", $"""<Connect><Stream url="{Application.StreamUrl("/media/tok-1?a=b")}"/></Connect>""");
        Application.Stream(async server =>
        {
            var request = server.Upgrade.Request;
            upgrade.SetResult((request.Path + request.QueryString, request.Headers["X-Twilio-Signature"]!, string.Join(' ', request.Headers.Keys.Order())));
            await server.UntilAsync("start");
            await server.CloseAsync();
        }, "/media/tok-1");

        await _emulator.CallAsync();

        var (target, signature, headers) = await upgrade.Task;
        Assert.Equal("/media/tok-1", target);
        Assert.Equal(TwilioSignature.Compute(EmulatorUnderTest.AuthToken, Application.StreamUrl("/media/tok-1"), []), signature);
        Assert.Equal("Connection Host Sec-WebSocket-Key Sec-WebSocket-Version Upgrade User-Agent X-Twilio-Signature", headers);
    }

    [Fact]
    public async Task A_call_may_sign_its_stream_with_a_trailing_slash()
    {
        var signature = new TaskCompletionSource<string>();
        Application.Stream(async server =>
        {
            signature.SetResult(server.Upgrade.Request.Headers["X-Twilio-Signature"]!);
            await server.UntilAsync("start");
            await server.CloseAsync();
        });

        await _emulator.CallAsync(new { to = EmulatorUnderTest.Number, sign_streams_with_trailing_slash = true });

        Assert.Equal(TwilioSignature.Compute(EmulatorUnderTest.AuthToken, Application.StreamUrl() + "/", []), await signature.Task);
    }

    [Fact]
    public async Task Frames_come_every_20_ms_of_the_line_even_when_nobody_speaks()
    {
        var frames = new TaskCompletionSource<int>();
        Application.Stream(async server =>
        {
            await server.ReadToEndAsync();
            frames.SetResult(server.Messages.Count(m => ServerSide.Kind(m) == "media"));
        });

        var report = await _emulator.CallAsync(new { to = EmulatorUnderTest.Number, hangup_after_ms = 1000 });

        Assert.Equal(50, await frames.Task);
        Assert.Equal(1000, report.GetProperty("length_ms").GetInt32());
        Assert.Equal(8000, EmulatorUnderTest.Heard(report).Length);
    }

    [Fact]
    public async Task A_mark_comes_back_when_the_audio_before_it_has_been_played()
    {
        var before = new TaskCompletionSource<int>();
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            await server.SendAudioAsync(ServerSide.Tone(400));
            await server.SendMarkAsync("first");
            await server.SendMarkAsync("second");
            await server.UntilAsync("mark");
            before.SetResult(server.Messages.Count(m => ServerSide.Kind(m) == "media"));
            Assert.Equal("second", (await server.UntilAsync("mark"))!.Value.GetProperty("mark").GetProperty("name").GetString());
            await server.CloseAsync();
        });

        await _emulator.CallAsync();

        Assert.True(await before.Task >= 20, $"The mark came after {await before.Task} frames.");
    }

    [Fact]
    public async Task Clear_drops_the_audio_and_returns_the_marks_at_once_in_order()
    {
        var names = new TaskCompletionSource<string[]>();
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            await server.SendAudioAsync(ServerSide.Tone(120_000));
            await server.SendMarkAsync("a");
            await server.SendMarkAsync("b");
            await server.UntilMediaAsync(3);
            await server.SendClearAsync();
            await server.UntilAsync("mark");
            await server.UntilAsync("mark");
            names.SetResult([.. server.Messages.Where(m => ServerSide.Kind(m) == "mark").Select(m => m.GetProperty("mark").GetProperty("name").GetString()!)]);
            await server.CloseAsync();
        });

        var report = await _emulator.CallAsync();

        Assert.Equal(["a", "b"], await names.Task);
        Assert.InRange(report.GetProperty("length_ms").GetInt32(), 20, 100_000);
    }

    [Fact]
    public async Task A_server_that_breaks_the_rules_is_warned_once_of_each_kind()
    {
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            for (var i = 0; i < 2; i++)
            {
                await server.SendTextAsync("{}");
                await server.Socket.SendAsync(new byte[4], WebSocketMessageType.Binary, true, CancellationToken.None);
            }
            await server.SendMarkAsync("read");
            await server.UntilAsync("mark");
            await server.CloseAsync();
        });

        var report = await _emulator.CallAsync();

        Assert.Equal([31950, 31951], EmulatorUnderTest.Warnings(report).Order());
    }

    [Fact]
    public async Task More_than_ten_minutes_of_audio_are_discarded()
    {
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            for (var i = 0; i < 3; i++)
                await server.SendAudioAsync(new byte[2_000_000]);
            await server.SendClearAsync();
            await server.SendMarkAsync("read");
            await server.UntilAsync("mark");
            await server.CloseAsync();
        });

        Assert.Equal([31931], EmulatorUnderTest.Warnings(await _emulator.CallAsync()));
    }

    [Fact]
    public async Task Pressed_keys_are_events_in_the_shared_sequence()
    {
        var keys = new TaskCompletionSource<JsonElement[]>();
        Application.Stream(async server =>
        {
            await server.UntilAsync("dtmf");
            await server.UntilAsync("dtmf");
            keys.SetResult([.. server.Messages.Where(m => ServerSide.Kind(m) == "dtmf")]);
            await server.CloseAsync();
        });
        var sid = await _emulator.PlaceAsync();
        await _emulator.EventAsync(sid, "stream_started");
        while ((await _emulator.Http.PostAsJsonAsync($"/emulator/calls/{sid}/dtmf", new { digits = "1#" })).StatusCode == HttpStatusCode.Conflict)
            await Task.Yield();

        await _emulator.EndOfAsync(sid);

        Assert.Equal(["1", "#"], (await keys.Task).Select(k => k.GetProperty("dtmf").GetProperty("digit").GetString()));
        Assert.All(await keys.Task, k => Assert.Equal("inbound_track", k.GetProperty("dtmf").GetProperty("track").GetString()));
    }

    [Fact]
    public async Task When_the_caller_hangs_up_the_last_message_is_stop_and_then_twilio_closes()
    {
        var last = new TaskCompletionSource<(JsonElement Message, WebSocketCloseStatus? Status)>();
        Application.Stream(async server =>
        {
            await server.ReadToEndAsync();
            last.SetResult((server.Messages[^1], server.Socket.CloseStatus));
            await server.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

        var sid = await _emulator.PlaceAsync(new { to = EmulatorUnderTest.Number, hangup_after_ms = 300 });
        var report = await _emulator.EndOfAsync(sid);

        var (message, status) = await last.Task;
        AssertJson($$"""
            { "event":"stop", "sequenceNumber":"{{message.GetProperty("sequenceNumber").GetString()}}", "streamSid":"{{message.GetProperty("streamSid").GetString()}}",
              "stop":{ "accountSid":"{{EmulatorUnderTest.AccountSid}}", "callSid":"{{sid}}" } }
            """, message);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, status);
        Assert.Equal("caller_hung_up", report.GetProperty("end_reason").GetString());
    }

    [Fact]
    public async Task The_streams_callbacks_are_signed_and_say_what_happened()
    {
        Application.Twiml("/voice", $"""<Connect><Stream url="{Application.StreamUrl()}" name="main" statusCallback="{Application.Url("/stream-status")}"/></Connect>""");
        Application.Stream(async server =>
        {
            await server.UntilAsync("start");
            await server.CloseAsync();
        });

        await _emulator.CallAsync();

        var callbacks = Application.RequestsTo("/stream-status");
        Assert.Equal(["stream-started", "stream-stopped"], callbacks.Select(c => c["StreamEvent"]).Order(StringComparer.Ordinal));
        Assert.All(callbacks, callback =>
        {
            Assert.Equal(
                ["AccountSid", "CallSid", "StreamEvent", "StreamName", "StreamSid", "Timestamp"],
                callback.Form.Select(f => f.Key).Order(StringComparer.Ordinal));
            Assert.Equal("main", callback["StreamName"]);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$", callback["Timestamp"]);
            Assert.Equal(
                TwilioSignature.Compute(EmulatorUnderTest.AuthToken, Application.Url("/stream-status"), callback.Form), callback.Headers["X-Twilio-Signature"]);
        });
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())), $"Expected {expected}\nbut was  {actual.GetRawText()}");
}
