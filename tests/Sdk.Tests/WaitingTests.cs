using System.Text.Json.Nodes;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class WaitingTests
{
    [Fact]
    public async Task A_call_is_waited_for_until_it_is_over()
    {
        string[] words = ["ringing", "parked", "no-answer"];
        await using var server = await ScriptedServer.StartAsync(words.Select(word => Says(200, Call(("status", word)))));

        var call = await server.Client().Calls.WaitAsync("e1", TimeSpan.FromMinutes(5));

        Assert.Equal("no-answer", call.Status);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], server.Clock.Waits);
    }

    [Fact]
    public async Task Who_has_waited_long_enough_is_told_and_the_call_goes_on()
    {
        await using var server = await ScriptedServer.StartAsync(Enumerable.Repeat(Says(200, Call(("status", "in-progress"))), 4));

        var late = await Assert.ThrowsAsync<TimeoutException>(() => server.Client().Calls.WaitAsync("e1", TimeSpan.FromSeconds(2.5)));

        Assert.Contains("e1 was still in-progress after 2.5 s", late.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(2.5), server.Clock.Waits.Aggregate((sum, wait) => sum + wait));
        Assert.All(server.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public async Task What_happened_to_a_call_comes_in_order()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, JsonNode.Parse("""
            {"events":[{"kind":"call","word":"ringing","detail":null,"at":"2026-11-25T09:12:41Z"},
                       {"kind":"weather","word":"rain","detail":"3 mm","mood":{},"at":"2026-11-25T09:12:42Z"}]}
            """)!));

        var events = await server.Client().Calls.EventsAsync("e1");

        Assert.Equal(["call ringing", "weather rain"], events.Select(happened => $"{happened.Kind} {happened.Word}"));
        Assert.Equal((null, "3 mm"), (events[0].Detail, events[1].Detail));
    }
}
