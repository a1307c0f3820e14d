using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rapida.Client;
using Rapida.Client.Http;
using Rapida.Testing;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class RetryTests
{
    private static readonly CreateCall ACall = new() { AssistantId = "1", ToNumber = Number };

    [Fact]
    public async Task A_get_whose_answer_was_lost_is_sent_again()
    {
        await using var server = await ScriptedServer.StartAsync(HangsUp, Says(200, Call()));

        Assert.Equal("queued", (await server.Client().Calls.GetAsync("e1")).Status);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_was_cut_short_is_asked_for_again()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, "{\"id\": "u8.ToArray(), announced: 500), Says(200, Call()));

        await server.Client().Calls.GetAsync("e1");

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_is_sent_again_keeps_its_key_and_the_next_one_has_another()
    {
        await using var server = await ScriptedServer.StartAsync(HangsUp, Problem(503, "unavailable"), Says(202, Call()), Says(202, Call()));
        var client = server.Client();

        await client.Calls.CreateAsync(ACall);
        await client.Calls.CreateAsync(ACall);

        var keys = server.Requests.Select(request => request.Header("Idempotency-Key")!).ToList();
        Assert.Matches("^[!-~]{1,100}$", keys[0]);
        Assert.Equal([keys[0], keys[0], keys[0]], keys[..3]);
        Assert.NotEqual(keys[0], keys[3]);
    }

    [Fact]
    public async Task To_be_told_twice_to_hang_up_does_no_harm()
    {
        await using var server = await ScriptedServer.StartAsync(HangsUp, Says(202, Call(("status", "completed"))));

        Assert.True((await server.Client().Calls.HangUpAsync("e1")).IsOver);
        Assert.Equal(["/v1/calls/e1/hangup", "/v1/calls/e1/hangup"], server.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_post_without_a_key_is_not_sent_again_when_nobody_knows_what_it_did(bool isLost)
    {
        await using var server = await ScriptedServer.StartAsync(isLost ? HangsUp : Problem(503, "unavailable"));

        var error = await Assert.ThrowsAsync<RapidaException>(() => server.Client().Assistants.CreateAsync("Clinic"));

        Assert.Single(server.Requests);
        Assert.Equal(isLost ? null : HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.False(error.NeverSent);
    }

    [Fact]
    public async Task Anything_may_be_sent_again_that_never_left()
    {
        var clock = new ImpatientClock();
        using var client = new RapidaClient(new RapidaClientOptions
        {
            ApiKey = Key, BaseUrl = new("http://127.0.0.1:1"), TimeProvider = clock, Timeout = ImpatientClock.Patience,
        });

        var error = await Assert.ThrowsAsync<RapidaException>(() => client.Assistants.CreateAsync("Clinic"));

        Assert.True(error.NeverSent);
        Assert.Equal(3, clock.Waits.Count);
    }

    [Fact]
    public async Task Who_is_too_fast_waits_as_long_as_the_server_says()
    {
        var assistant = new JsonObject { ["id"] = "1", ["name"] = "Clinic", ["created_at"] = "2026-11-24T09:00:00Z" };
        await using var server = await ScriptedServer.StartAsync(Problem(429, "rate_limited", retryAfter: "7"), Says(201, assistant));

        await server.Client().Assistants.CreateAsync("Clinic");

        Assert.InRange(Assert.Single(server.Clock.Waits), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7.5));
    }

    [Fact]
    public async Task Retry_after_may_be_a_date()
    {
        var later = new ImpatientClock().GetUtcNow().AddSeconds(20).ToString("r", CultureInfo.InvariantCulture);
        await using var server = await ScriptedServer.StartAsync(Problem(503, "unavailable", retryAfter: later), Says(200, Call()));

        await server.Client().Calls.GetAsync("e1");

        Assert.InRange(Assert.Single(server.Clock.Waits), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.5));
    }

    [Fact]
    public async Task Who_should_wait_for_long_is_told_instead()
    {
        await using var server = await ScriptedServer.StartAsync(Problem(429, "rate_limited", retryAfter: "3600"));

        var error = await Assert.ThrowsAsync<RapidaException>(() => server.Client().Calls.GetAsync("e1"));

        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Empty(server.Clock.Waits);
    }

    [Fact]
    public async Task Retries_end_in_the_servers_own_words()
    {
        await using var server = await ScriptedServer.StartAsync(Enumerable.Repeat(Problem(503, "unavailable", "Try again in a moment."), 4));

        var error = await Assert.ThrowsAsync<RapidaException>(() => server.Client().Calls.GetAsync("e1"));

        Assert.Equal("Try again in a moment. (503, unavailable, trace 00-4bf9)", error.Message);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(3, server.Clock.Waits.Count);
    }

    [Theory]
    [InlineData(0, 0.25, 0.5)]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(9, 4, 8)]
    public void Waits_grow_and_half_of_each_is_chance(int attempt, double least, double most)
    {
        Assert.Equal(TimeSpan.FromSeconds(least), Backoff.WaitBefore(attempt, null, chance: 0));
        Assert.Equal(TimeSpan.FromSeconds(most), Backoff.WaitBefore(attempt, null, chance: 1));
    }

    [Fact]
    public async Task What_the_caller_has_to_change_is_not_sent_again()
    {
        await using var server = await ScriptedServer.StartAsync(Problem(409, "call_answered"));

        var error = await Assert.ThrowsAsync<RapidaException>(() => server.Client().Calls.CancelAsync("e1"));

        Assert.Equal((HttpStatusCode.Conflict, "call_answered"), (error.Status, error.Code));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(http => SilentAsync(http, arrived));
        var clock = new ManualTimeProvider();
        var asking = server.Client(retries: 0, clock, TimeSpan.FromSeconds(30)).Calls.GetAsync("e1");
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(asking.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<RapidaException>(() => asking);
        Assert.Contains("did not answer within 30 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cancels_is_obeyed_while_the_server_is_silent()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(http => SilentAsync(http, arrived));
        using var cancelled = new CancellationTokenSource();
        var asking = server.Client(retries: 0).Calls.GetAsync("e1", cancelled.Token);
        await arrived.Task;

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Who_cancels_is_obeyed_in_a_wait()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(Problem(503, "unavailable"));
        var clock = new ManualTimeProvider();
        var asking = server.Client(clock: clock).Calls.GetAsync("e1", cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static Task SilentAsync(HttpContext http, TaskCompletionSource arrived)
    {
        arrived.SetResult();
        return IsSilent(http);
    }
}
