using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapida.Audio;
using Xunit;

namespace EndToEnd.Tests;

public sealed class ACallIsAnswered(RunningSystem system) : IClassFixture<RunningSystem>
{
    private const int SamplesPerMillisecond = 8;
    private const string SaysGoodbye = "/usr/share/asterisk/sounds/en_US_f_Allison/goodbye.wav";

    [Fact]
    public async Task A_person_makes_an_appointment_and_both_sides_are_recorded_as_they_were_heard()
    {
        using var call = system.Start("Rapida.Call");
        var output = await call.StandardOutput.ReadToEndAsync();
        await call.WaitForExitAsync();

        Assert.True(call.ExitCode == 0, output);
        var verdict = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.True(verdict.GetProperty("turns").GetArrayLength() >= 3, output);
        Assert.Empty(verdict.GetProperty("warnings").EnumerateArray());
        Assert.Equal("assistant", verdict.GetProperty("ended_by").GetString());

        var recording = WavFile.Read(verdict.GetProperty("recording_wav").GetString()!);
        var stream = await StreamOfAsync(verdict);
        Assert.Equal(2, recording.Channels);
        Assert.InRange(Math.Abs(recording.Duration.TotalMilliseconds - stream.LengthMs), 0, 100);
        AssertAligned(Track(verdict, "caller_wav"), Channel(recording, 0), stream.StartMs);
        AssertAligned(Track(verdict, "heard_wav"), Channel(recording, 1), stream.StartMs);
        await AssertOneTraceAsync(verdict);
        await AssertReplayedAsync();
    }

    // Whether Twilio requests the action of <Connect> when a stream ends is not documented: the redirect behind it has to do as well.
    [Fact]
    public async Task A_call_ends_well_where_the_action_of_connect_is_not_called()
    {
        using var emulator = new HttpClient { BaseAddress = new(system.Run.GetProperty("emulator_url").GetString()!) };

        var placed = await emulator.PostAsJsonAsync(
            "/emulator/calls", new { to = system.Run.GetProperty("phone_number").GetString(), wav = SaysGoodbye, connect_action_is_called = false });
        var sid = (await placed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("call_sid").GetString();
        // The events end with the call.
        await emulator.GetStringAsync($"/emulator/calls/{sid}/events");

        var report = await emulator.GetFromJsonAsync<JsonElement>($"/emulator/calls/{sid}");
        Assert.Equal("hangup_verb", report.GetProperty("end_reason").GetString());
        Assert.Empty(report.GetProperty("warnings").EnumerateArray());
        var webhooks = report.GetProperty("webhooks").EnumerateArray().Select(webhook => webhook.GetProperty("purpose").GetString()).ToList();
        Assert.Contains("redirect", webhooks);
        Assert.DoesNotContain("action", webhooks);
    }

    [Theory]
    [InlineData("POST", true, true)]
    [InlineData("GET", true, true)]
    [InlineData("POST", false, true)]
    [InlineData("POST", true, false)]
    public async Task A_webhook_that_is_not_proved_gets_one_and_the_same_refusal(string method, bool isOurAssistant, bool isOurKey)
    {
        using var client = new HttpClient { BaseAddress = new(system.Run.GetProperty("gateway_url").GetString()!) };
        var assistant = isOurAssistant ? system.Run.GetProperty("assistant_id").GetString() : "999999999999999";
        var key = isOurKey ? system.Run.GetProperty("api_key").GetString() : "rpd-nobody";
        var fields = new Dictionary<string, string>
        {
            ["CallSid"] = "CA" + new string('a', 32),
            ["AccountSid"] = "AC" + new string('b', 32),
            ["CallStatus"] = "ringing",
        };
        var query = string.Concat(fields.Select(field => $"&{field.Key}={field.Value}"));
        var url = $"/v1/talk/twilio/call/{assistant}?x-api-key={key}{(method == "GET" ? query : "")}";
        using var request = new HttpRequestMessage(new(method), url);
        request.Headers.Add("X-Twilio-Signature", "Zm9yZ2Vk");
        if (method == "POST")
            request.Content = new FormUrlEncodedContent(fields);

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Forbidden", await response.Content.ReadAsStringAsync());
        using var api = system.NewApiClient();
        var calls = await api.GetFromJsonAsync<JsonElement>("/v1/calls?page_size=100");
        Assert.DoesNotContain(calls.GetProperty("calls").EnumerateArray(), call => call.GetProperty("provider_call_id").GetString() == fields["CallSid"]);
    }

    private async Task<(int StartMs, int LengthMs)> StreamOfAsync(JsonElement verdict)
    {
        var sid = Path.GetFileName(verdict.GetProperty("heard_wav").GetString()!).Split('.')[0];
        using var emulator = new HttpClient { BaseAddress = new(system.Run.GetProperty("emulator_url").GetString()!) };
        var report = await emulator.GetFromJsonAsync<JsonElement>($"/emulator/calls/{sid}");
        var stream = report.GetProperty("streams")[0];
        var start = stream.GetProperty("started_ms").GetInt32();
        return (start, stream.GetProperty("stopped_ms").GetInt32() - start);
    }

    /// <summary>What the relay decided in it is decided again from what it journalled.</summary>
    private async Task AssertReplayedAsync()
    {
        using var replay = system.Start("Rapida.Call", "--replay", "last");
        var output = await replay.StandardOutput.ReadToEndAsync();
        await replay.WaitForExitAsync();
        Assert.True(replay.ExitCode == 0, output);
        Assert.Contains("came out as they were recorded.", output, StringComparison.Ordinal);
        Assert.Contains("end_of_turn", output, StringComparison.Ordinal);
    }

    private async Task AssertOneTraceAsync(JsonElement verdict)
    {
        using var api = system.NewApiClient();
        var trace = verdict.GetProperty("trace_id").GetString();
        var conversations = await api.GetFromJsonAsync<JsonElement>("/v1/conversations");
        var id = conversations.GetProperty("conversations").EnumerateArray()
            .Single(row => row.GetProperty("trace_id").GetString() == trace).GetProperty("recording_id").GetString();
        Assert.Equal(trace, (await api.GetFromJsonAsync<JsonElement>($"/v1/recordings/{id}")).GetProperty("trace_id").GetString());
    }

    private static short[] Track(JsonElement verdict, string name) => WavFile.Read(verdict.GetProperty(name).GetString()!).Samples.ToArray();

    private static short[] Channel(WavAudio stereo, int channel) =>
        [.. Enumerable.Range(0, stereo.Samples.Length / 2).Select(frame => stereo.Samples.Span[(2 * frame) + channel])];

    // The first and the last second of sound are looked for in the recording, where they should be and 100 ms around it.
    private static void AssertAligned(short[] line, short[] recorded, int streamStartMs)
    {
        line = line[(streamStartMs * SamplesPerMillisecond)..];
        var first = Array.FindIndex(line, sample => Math.Abs((int)sample) > 1_000);
        var last = Array.FindLastIndex(line, sample => Math.Abs((int)sample) > 1_000);
        Assert.True(first >= 0 && last > first + 8_000, "There is not enough sound on the line to compare.");

        Assert.InRange(Math.Abs(OffsetMs(line, recorded, first)), 0, 20);
        Assert.InRange(Math.Abs(OffsetMs(line, recorded, last - 8_000)), 0, 20);
    }

    private static double OffsetMs(short[] line, short[] recorded, int at)
    {
        var best = Enumerable.Range(-100 * SamplesPerMillisecond, 200 * SamplesPerMillisecond)
            .Where(offset => at + offset >= 0 && at + offset + 8_000 <= recorded.Length)
            .MaxBy(offset => Correlation(line.AsSpan(at, 8_000), recorded.AsSpan(at + offset, 8_000)));
        return (double)best / SamplesPerMillisecond;
    }

    private static double Correlation(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        double product = 0, energy = 1;
        for (var i = 0; i < left.Length; i++)
            (product, energy) = (product + ((double)left[i] * right[i]), energy + ((double)right[i] * right[i]));
        return product / Math.Sqrt(energy);
    }
}
