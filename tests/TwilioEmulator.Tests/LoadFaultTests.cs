using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>Chance that can be repeated, and the limits of the REST API.</summary>
public sealed class LoadFaultTests
{
    private static readonly LoadFaults Faults = new(7)
    {
        Lost = 0.1,
        Twice = 0.2,
        Late = 0.3,
        Reordered = 0.4,
        MostLate = TimeSpan.FromSeconds(3),
        RateLimited = 0.05,
        LostAnswer = 0.02,
        ErrorAfter = 0.03,
        ErrorBefore = 0.01,
        Ring = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(800)),
        Stay = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(1_500)),
        Outcomes = new Dictionary<CalleeOutcome, double> { [CalleeOutcome.Answered] = 7, [CalleeOutcome.Busy] = 1, [CalleeOutcome.NoAnswer] = 2 },
    };

    private static readonly string[] Numbers = [.. Enumerable.Range(0, 4_000).Select(i => $"+1312{i:0000000}")];

    [Fact]
    public void The_same_seed_number_and_attempt_give_the_same_callee()
    {
        string[] first = [.. Numbers.Take(500).Select(n => Tell(Faults, n, 1))];

        Assert.Equal(first, Numbers.Take(500).Select(n => Tell(Faults, n, 1)));
        Assert.NotEqual(first, Numbers.Take(500).Select(n => Tell(Faults with { Seed = 8 }, n, 1)));
        Assert.True(first.Distinct().Count() > 100);
    }

    [Fact]
    public void Everything_happens_as_often_as_it_should()
    {
        var callees = Numbers.Select(n => Faults.At(n, 1)).ToList();
        var fates = callees.SelectMany(c => Enum.GetValues<ProgressEvent>().Select(c.Callbacks.Of)).ToList();

        Near(0.7, callees, c => c.Outcome == CalleeOutcome.Answered);
        Near(0.1, callees, c => c.Outcome == CalleeOutcome.Busy);
        Near(0.2, callees, c => c.Outcome == CalleeOutcome.NoAnswer);
        var answers = callees.Select(c => c.Rest.Next()).ToList();
        Near(0.05, answers, a => a == RestAnswer.RateLimited);
        Near(0.02, answers, a => a == RestAnswer.LostAnswer);
        Near(0.03, answers, a => a == RestAnswer.ErrorAfter);
        Near(0.01, answers, a => a == RestAnswer.ErrorBefore);
        Near(0.1, fates, f => f.Lost);
        Near(0.2, fates, f => f.Twice);
        Near(0.3, fates, f => f.Late > TimeSpan.Zero);
        Near(0.4, fates, f => f.Reordered);
        Assert.All(fates, f => Assert.InRange(f.Late.TotalSeconds, 0, 3));
        Assert.All(callees, c => Assert.InRange(c.RingsFor.TotalMilliseconds, 100, 800));
        Assert.All(callees, c => Assert.InRange(c.Stays!.Value.TotalMilliseconds, 200, 1_500));
        Near(0.5, callees, c => c.RingsFor.TotalMilliseconds < 450);

        static void Near<T>(double expected, IReadOnlyCollection<T> all, Func<T, bool> happened) =>
            Assert.InRange((double)all.Count(happened) / all.Count, expected - 0.02, expected + 0.02);
    }

    [Fact]
    public void Who_was_refused_once_is_not_refused_for_ever()
    {
        var refused = Numbers.First(n => Faults.At(n, 1).Rest.Next() == RestAnswer.RateLimited);
        var directory = new CalleeDirectory(Options.Create(new EmulatorOptions())) { Faults = Faults };

        var answers = Enumerable.Range(0, 5).Select(_ => directory.Meet(refused).Rest.Next()).ToList();
        directory.Faults = Faults;

        Assert.Equal(RestAnswer.RateLimited, answers[0]);
        Assert.Contains(RestAnswer.Created, answers);
        Assert.Equal(answers, Enumerable.Range(0, 5).Select(_ => directory.Meet(refused).Rest.Next()));
    }

    [Fact]
    public async Task A_hundred_calls_with_faults_are_all_over_in_the_end()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        emulator.Application.Twiml("/voice", $"""<Connect><Stream url="{emulator.Application.StreamUrl()}"/></Connect>""");
        using var set = await emulator.Http.PutAsJsonAsync("/emulator/faults", new
        {
            seed = 1,
            lost = 0.2,
            twice = 0.2,
            late = 0.5,
            late_ms = 1_000,
            reordered = 0.3,
            error_after = 0.1,
            ring_ms = new[] { 10, 50 },
            stay_ms = new[] { 10, 100 },
            outcomes = new Dictionary<string, double> { ["answered"] = 0.8, ["busy"] = 0.1, ["no-answer"] = 0.05, ["failed"] = 0.05 },
        });
        set.EnsureSuccessStatusCode();

        var statuses = await Task.WhenAll(Numbers.Take(100).Select(async n => (await emulator.CreateAsync(
            n, ("Url", emulator.Application.Url("/voice")), ("StatusCallback", emulator.Application.Url("/status")), ("Timeout", "1"),
            ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "completed"))).Status));
        var dials = (await emulator.GetAsync("/emulator/dials")).Body.GetProperty("dials").EnumerateArray().ToList();
        var ends = await Task.WhenAll(dials.Select(d => emulator.EndOfAsync(d.GetProperty("call_sid").GetString()!)));

        Assert.Contains(HttpStatusCode.InternalServerError, statuses);
        Assert.Equal(Numbers.Take(100), dials.Select(d => d.GetProperty("to").GetString()!).Order());
        Assert.Contains(ends, e => e.GetProperty("status").GetString() == "busy");
        Assert.InRange(ends.Count(e => e.GetProperty("status").GetString() == "completed"), 60, 95);
        // Without media nobody connects a stream.
        Assert.Empty(emulator.Application.RequestsTo("/media"));
        // Of two hundred events some are lost and some come twice.
        var told = emulator.Application.RequestsTo("/status").GroupBy(r => (r["CallSid"], r["SequenceNumber"])).ToList();
        Assert.InRange(told.Count, 130, 190);
        Assert.Contains(told, t => t.Count() == 2);

        using var cleared = await emulator.Http.DeleteAsync("/emulator/faults");
        Assert.Equal(HttpStatusCode.Created, (await emulator.CreateAsync(Numbers[0], ("Twiml", "<Response/>"))).Status);
    }

    [Theory]
    [InlineData("""{ "lost": 1.5 }""")]
    [InlineData("""{ "error_after": 0.6, "lost_answer": 0.6 }""")]
    [InlineData("""{ "ring_ms": [800, 100] }""")]
    [InlineData("""{ "outcomes": { "busy": -1 } }""")]
    public async Task Impossible_chances_are_refused(string faults)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();

        using var response = await emulator.Http.PutAsync("/emulator/faults", new StringContent(faults, Encoding.UTF8, "application/json"));

        Assert.Equal("invalid_faults", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Too_many_requests_at_once_are_refused_until_one_is_done()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync(("ConcurrentRequests", "1"));
        var slow = await OccupyAsync();

        var refused = await UntilAsync(HttpStatusCode.TooManyRequests);
        slow.Close();
        await UntilAsync(HttpStatusCode.OK);

        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Contains("20429", await refused.Content.ReadAsStringAsync());

        // Its form never comes to an end.
        async Task<TcpClient> OccupyAsync()
        {
            var client = new TcpClient();
            await client.ConnectAsync(emulator.Http.BaseAddress!.Host, emulator.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {EmulatorUnderTest.Account}/Calls.json HTTP/1.1\r\nHost: localhost\r\nAuthorization: {emulator.Http.DefaultRequestHeaders.Authorization}\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nTo="));
            return client;
        }

        async Task<HttpResponseMessage> UntilAsync(HttpStatusCode wanted)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (true)
            {
                var response = await emulator.Http.GetAsync($"{EmulatorUnderTest.Account}/Calls.json", limit.Token);
                if (response.StatusCode == wanted)
                    return response;
                // One of ours was served at that moment, and the slow one was refused.
                if (slow.Client is { Connected: true } && slow.Available > 0)
                {
                    slow.Dispose();
                    slow = await OccupyAsync();
                }
            }
        }
    }

    private static string Tell(LoadFaults faults, string number, int attempt)
    {
        var callee = faults.At(number, attempt);
        return $"{callee.Outcome} {callee.RingsFor} {callee.Stays} {callee.Rest.Next()} "
            + string.Join(' ', Enum.GetValues<ProgressEvent>().Select(callee.Callbacks.Of));
    }
}
