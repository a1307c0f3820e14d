using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using Rapida.Calls.V1;
using Rapida.Testing;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class RestTests(CallsUnderTest calls)
{
    [Fact]
    public async Task Calls_come_in_pages_newest_first()
    {
        var tenant = calls.NewTenant();
        List<string> sids = [];
        for (var i = 0; i < 5; i++)
        {
            var caller = await calls.TalkingAsync(tenant);
            sids.Insert(0, caller.CallSid);
            calls.Clock.Advance(TimeSpan.FromMilliseconds(1_000));
        }

        using var http = calls.Rest(tenant);
        List<string> listed = [];
        for (var token = ""; token is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonNode>($"/v1/calls?page_size=2&page_token={token}");
            Assert.InRange(page!["calls"]!.AsArray().Count, 1, 2);
            listed.AddRange(page["calls"]!.AsArray().Select(call => call!["provider_call_id"]!.GetValue<string>()));
            token = page["next_page_token"]?.GetValue<string>();
        }

        Assert.Equal(sids, listed);
    }

    [Fact]
    public async Task A_call_is_shown_with_what_became_of_it()
    {
        var caller = calls.NewCaller();
        await caller.StatusAsync(await caller.RingAsync(), "no-answer");
        var call = (await calls.CallAsync(caller.CallSid))!;
        using var http = calls.Rest(caller.Tenant);

        var shown = (await http.GetFromJsonAsync<JsonNode>($"/v1/calls/{call.Id}"))!;

        Assert.Equal(("no-answer", "caller", "none", caller.From), (
            (string?)shown["status"], (string?)shown["ended_by"], (string?)shown["fault"], (string?)shown["from"]));
        Assert.Equal(call.ConversationId.ToString(), (string?)shown["conversation"]!["id"]);
    }

    [Fact]
    public async Task Another_project_s_call_is_as_unknown_as_none()
    {
        var caller = calls.NewCaller();
        await caller.RingAsync();
        var id = (await calls.CallAsync(caller.CallSid))!.Id;
        using var http = calls.Rest(calls.NewTenant());

        var (theirs, none) = (await http.GetAsync($"/v1/calls/{id}"), await http.GetAsync($"/v1/calls/{Guid.NewGuid()}"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, none.StatusCode));
        Assert.Equal(await BodyAsync(none), await BodyAsync(theirs));
        Assert.Contains("call_unknown", await BodyAsync(theirs), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page_size=0")]
    [InlineData("page_size=101")]
    [InlineData("page_token=yesterday")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var http = calls.Rest(calls.NewTenant());

        var answer = await http.GetAsync($"/v1/calls?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("page_invalid", await BodyAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"args":{"name":7}}""", "args.name must be a string.")]
    [InlineData("""{"assistant_id":true}""", "assistant_id must be a string or a whole number.")]
    [InlineData("""{"options":{"greeting":7}}""", "options.greeting must be a string.")]
    [InlineData("""{"to_number":"+1""", "The body is not JSON: it breaks off at line 1, byte 16.")]
    [InlineData("", "Send a JSON object.")]
    public async Task A_body_that_cannot_be_read_is_told_in_the_API_s_words(string body, string sentence)
    {
        using var placing = new Placing(calls);
        using var content = new StringContent(body, null, "application/json");

        using var answer = await placing.Http.PostAsync("/v1/calls", content);

        Assert.Equal((HttpStatusCode.BadRequest, "bad_request", sentence), (answer.StatusCode, await answer.CodeAsync(), await answer.DetailAsync()));
    }

    [Theory]
    [InlineData("/v1/calls?page_size=many", "page_size has to be a whole number.")]
    [InlineData("/v1/calls?created_after=yesterday", "created_after has to be a time by RFC 3339.")]
    [InlineData("/v1/numbers", "credential_id is missing.")]
    public async Task A_query_that_cannot_be_read_is_told_in_the_API_s_words(string path, string sentence)
    {
        using var placing = new Placing(calls);

        using var answer = await placing.Http.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, "bad_request", sentence), (answer.StatusCode, await answer.CodeAsync(), await answer.DetailAsync()));
    }

    [Theory]
    [InlineData("""{"assistant_id":"123456789012345","to":"+15551234567"}""", "to_number_invalid", "to_number is missing: ")]
    [InlineData("""{"assistant_id":"123456789012345","to_number":null}""", "to_number_invalid", "to_number is missing: ")]
    [InlineData("""{"assistant_id":"123456789012345","to_number":"555"}""", "to_number_invalid", "to_number is in E.164 form: ")]
    [InlineData("""{"assistant":"123456789012345","to_number":"+15551234567"}""", "assistant_id_invalid", "assistant_id is missing: ")]
    [InlineData("""{"assistant_id":"","to_number":"+15551234567"}""", "assistant_id_invalid", "assistant_id is missing: ")]
    [InlineData("""{"assistant_id":"7","to_number":"+15551234567"}""", "assistant_id_invalid", "assistant_id is the assistant's number")]
    public async Task What_is_missing_is_told_as_missing(string body, string code, string says)
    {
        using var placing = new Placing(calls);

        using var answer = await placing.PostAsync(JsonNode.Parse(body)!.AsObject());

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.CodeAsync()));
        Assert.StartsWith(says, await answer.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_another_form_and_a_method_that_there_is_not_are_problems()
    {
        using var placing = new Placing(calls);

        using var odd = await placing.Http.GetAsync("/v1/calls/abc");
        using var put = await placing.Http.PutAsync("/v1/calls", null);

        Assert.Equal((HttpStatusCode.NotFound, "path_unknown"), (odd.StatusCode, await odd.CodeAsync()));
        Assert.Equal("There is nothing at this path: the id in it has to be a UUID.", await odd.DetailAsync());
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), (put.StatusCode, await put.CodeAsync()));
        Assert.Equal(["GET", "POST"], put.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/v1/calls")]
    [InlineData("/v1/calls/00000000-0000-0000-0000-000000000001")]
    [InlineData("/v1/diagnostics")]
    public async Task Only_a_key_for_reading_calls_reads_them(string path)
    {
        var tenant = calls.NewTenant();
        using var webhook = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "x-api-key", tenant.WebhookKey } } };

        Assert.Equal(HttpStatusCode.Unauthorized, (await calls.Http.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await calls.Http.SendAsync(webhook)).StatusCode);
    }

    [Fact]
    public async Task Recordings_finds_a_call_by_its_conversation_and_only_in_its_project()
    {
        var caller = calls.NewCaller();
        await caller.RingAsync();
        var call = (await calls.CallAsync(caller.CallSid))!;
        var client = new Rapida.Calls.V1.Calls.CallsClient(calls.Service.CallAs("recordings"));
        var request = new FindByConversationRequest { ProjectId = call.ProjectId.ToString(), ConversationId = call.ConversationId.ToString() };

        Assert.Equal(call.Id.ToString(), (await client.FindByConversationAsync(request)).Id);

        request.ProjectId = Guid.NewGuid().ToString();
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => client.FindByConversationAsync(request).ResponseAsync)).StatusCode);
    }

    // A trace id tells requests apart, not calls.
    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("traceId");
        body.Remove("trace_id");
        return body.ToJsonString();
    }
}
