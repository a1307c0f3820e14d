using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rapida.Client;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class AnswerTests
{
    public static TheoryData<string, string> Unreadable => new()
    {
        { $"<html>{Number}", "see $ in it" },
        { new string('[', 1_000), "see $" },
        { $"""["{Number}"]""", "see $ in it" },
        { "null", "see $ in it" },
        { Text(("id", null)), "see $.id in it" },
        { Text(("conversation", new JsonObject { ["id"] = 15551234567 })), "see $.conversation.id in it" },
        { Text(("created_at", $"yesterday, {Number}")), "see $.created_at in it" },
        { Text(("duration_seconds", true)), "see $.duration_seconds in it" },
        { "{}", "see $ in it" },
    };

    [Fact]
    public async Task Fields_and_words_that_nobody_knows_yet_break_nothing()
    {
        var call = await GetAsync(Says(200, Call(("status", "parked"), ("direction", "sideways"), ("mood", new JsonObject()), ("metadata", null))));

        Assert.Equal(("parked", "sideways", false), (call.Status, call.Direction, call.IsOver));
        Assert.Empty(call.Metadata);
    }

    [Fact]
    public async Task A_call_is_read_with_its_types()
    {
        var call = await GetAsync(Says(200, Call(
            ("status", "completed"), ("price", "-0.00850"), ("sip_code", 200), ("duration_seconds", 48),
            ("error", new JsonObject { ["code"] = 21211, ["message"] = "Busy." }), ("ended_at", "2026-11-25T09:13:29Z"))));

        Assert.Equal(new DateTimeOffset(2026, 11, 25, 9, 12, 40, TimeSpan.Zero).AddTicks(1_234_567), call.CreatedAt);
        Assert.Equal((-0.0085m, 48, 21211, null, "follow-up"), (call.Price, call.DurationSeconds, call.Error?.Code, call.AnsweredAt, call.Metadata["campaign"]?.GetValue<string>()));
        Assert.True(call.IsOver);
    }

    [Fact]
    public async Task Metadata_comes_back_whatever_it_was()
    {
        var call = await GetAsync(Says(200, Call(("metadata", JsonNode.Parse("""{"campaign":{"id":17,"tags":["follow-up",null]}}""")))));

        Assert.Equal(17, call.Metadata["campaign"]!["id"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_refusal_says_what_the_server_said(HttpStatusCode status)
    {
        var error = await RefusedAsync(Problem((int)status, "some_code", "Change it."));

        Assert.Equal((status, "some_code", "Change it.", "00-4bf9"), (error.Status, error.Code, error.Detail, error.TraceId));
        Assert.Equal($"Change it. ({(int)status}, some_code, trace 00-4bf9)", error.Message);
    }

    [Theory]
    [InlineData("<html>Bad Gateway</html>")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"detail": 5, "code": null, "errors": []}""")]
    [InlineData("{\"detail\": \"\u00ff\", \"code\": 1}")]
    public async Task An_error_page_that_is_not_ours_is_still_an_error_of_its_status(string page)
    {
        // Not UTF-8 where there is a ÿ.
        var error = await RefusedAsync(Says(502, Encoding.Latin1.GetBytes(page)));

        Assert.Equal((HttpStatusCode.BadGateway, null), (error.Status, error.Code));
    }

    [Fact]
    public async Task Which_fields_are_wrong_is_told()
    {
        var error = await RefusedAsync(Says(400, new JsonObject
        {
            ["code"] = "bad_request", ["detail"] = "No.", ["errors"] = new JsonObject { ["to_number"] = "Give it in E.164 form." },
        }));

        Assert.Equal("Give it in E.164 form.", error.Errors["to_number"].GetString());
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_answer_that_is_not_what_was_asked_for_is_an_error_that_says_where_and_not_what(string answer, string where)
    {
        var error = await RefusedAsync(Says(200, Encoding.UTF8.GetBytes(answer)));

        Assert.Contains("The answer to GET /v1/calls/e1 was not understood", error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("15551234567", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_does_not_follow_a_redirect()
    {
        await using var elsewhere = await ScriptedServer.StartAsync();

        var error = await RefusedAsync(http =>
        {
            http.Response.Redirect(new Uri(elsewhere.Url, "/v1/calls/e1").AbsoluteUri);
            return Task.CompletedTask;
        });

        Assert.Contains("check the base URL", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    private static string Text(params ReadOnlySpan<(string, JsonNode?)> other) => Call(other).ToJsonString();

    private static async Task<Call> GetAsync(Func<HttpContext, Task> answer)
    {
        await using var server = await ScriptedServer.StartAsync(answer);
        return await server.Client(retries: 0).Calls.GetAsync("e1");
    }

    private static Task<RapidaException> RefusedAsync(Func<HttpContext, Task> answer) => Assert.ThrowsAsync<RapidaException>(() => GetAsync(answer));
}
