using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rapida.Client;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class PagingTests
{
    [Fact]
    public async Task A_page_is_asked_for_when_the_one_before_is_used_up()
    {
        await using var server = await ScriptedServer.StartAsync(PageOf("a+b", "1", "2"), PageOf("c", "3"), PageOf(null));
        await using var calls = server.Client().Calls.ListAsync(new CallFilter { Status = CallStatus.Failed, PageSize = 2 }).GetAsyncEnumerator();
        Assert.Empty(server.Requests);

        Assert.Equal(["1", "2"], [await NextAsync(calls), await NextAsync(calls)]);
        Assert.Single(server.Requests);
        Assert.Equal("3", await NextAsync(calls));
        Assert.False(await calls.MoveNextAsync());

        string[] targets =
        [
            "/v1/calls?status=failed&page_size=2",
            "/v1/calls?status=failed&page_size=2&page_token=a%2Bb",
            "/v1/calls?status=failed&page_size=2&page_token=c",
        ];
        Assert.Equal(targets, server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task A_page_can_be_shown_as_such_and_gone_on_with()
    {
        await using var server = await ScriptedServer.StartAsync(PageOf("b", "1"), PageOf(null, "2"));
        var client = server.Client();

        var first = await client.Calls.ListPageAsync();
        var second = await client.Calls.ListPageAsync(pageToken: first.NextPageToken);

        Assert.Equal(("1", "2", null), (first.Items[0].Id, second.Items[0].Id, second.NextPageToken));
    }

    [Fact]
    public async Task A_list_that_goes_in_circles_ends_in_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(PageOf("b", "1"), PageOf("b", "2"));

        await Assert.ThrowsAsync<RapidaException>(async () => await server.Client().Calls.ListAsync().LastAsync());

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_loop_that_is_cancelled_asks_for_nothing_more()
    {
        await using var server = await ScriptedServer.StartAsync(PageOf("b", "1"));
        using var cancelled = new CancellationTokenSource();
        await using var calls = server.Client().Calls.ListAsync().GetAsyncEnumerator(cancelled.Token);
        await NextAsync(calls);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await calls.MoveNextAsync());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Times_and_numbers_of_a_filter_are_escaped()
    {
        await using var server = await ScriptedServer.StartAsync(PageOf(null));

        var filter = new CallFilter { To = Number, CreatedAfter = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) };
        await server.Client().Calls.ListAsync(filter).CountAsync();

        Assert.Equal("/v1/calls?to=%2B15551234567&created_after=2026-11-01T00%3A00%3A00.0000000%2B00%3A00", server.Requests[0].Target);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<Call> calls)
    {
        Assert.True(await calls.MoveNextAsync());
        return calls.Current.Id;
    }

    private static Func<HttpContext, Task> PageOf(string? following, params IEnumerable<string> ids) => Says(200, new JsonObject
    {
        ["calls"] = new JsonArray([.. ids.Select(id => Call(("id", id)))]),
        ["next_page_token"] = following,
    });
}
