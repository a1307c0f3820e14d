using Rapida.CallControl.Calls;
using Rapida.Media.V1;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class InboundTests(CallsUnderTest calls)
{
    [Fact]
    public async Task A_posted_webhook_opens_a_stream_with_a_ticket_and_a_way_on()
    {
        var caller = calls.NewCaller();

        AssertConnects(await caller.RingAsync());

        var call = Assert.Single(await calls.CallsOfAsync(caller.Tenant));
        Assert.Equal((CallStatus.Ringing, caller.Tenant.AssistantId, 3, "inbound"), (call.Status, call.AssistantId, call.AssistantVersion, call.Direction));
        Assert.Equal((caller.From, caller.Tenant.Number), (call.FromAddress, call.ToAddress));
    }

    [Fact]
    public async Task Whoever_calls_has_no_arguments()
    {
        var caller = calls.NewCaller();

        var claim = await caller.ClaimAsync(await caller.RingAsync());

        Assert.Empty(claim.Settings.Arguments); // The API says so of {{name}} in greetings.
    }

    [Fact]
    public async Task A_webhook_by_get_does_the_same()
    {
        var caller = calls.NewCaller();

        AssertConnects(Document.Of(await caller.GetAsync(caller.WebhookUrl, caller.Incoming)));

        Assert.Equal(caller.From, Assert.Single(await calls.CallsOfAsync(caller.Tenant)).FromAddress);
    }

    [Fact]
    public async Task The_same_call_again_gets_the_same_answer_to_the_byte()
    {
        var caller = calls.NewCaller();
        var first = await caller.RingAsync();

        Assert.Equal(first.Text, (await caller.RingAsync()).Text);
        Assert.Single(await calls.CallsOfAsync(caller.Tenant));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_webhook_that_comes_again_while_the_call_is_held_is_answered_as_before_and_ends_nothing(bool isSameToken)
    {
        var caller = calls.NewCaller();
        var first = Document.Of(await caller.PostAsync(caller.WebhookUrl, caller.Incoming, Token));
        await caller.ClaimAsync(first);

        // Word for word as it was, without the token; or Twilio's retry, which says anew when it was sent.
        var again = isSameToken
            ? await caller.PostAsync(caller.WebhookUrl, [.. caller.Incoming, ("Timestamp", "later")], Token)
            : await caller.PostAsync(caller.WebhookUrl, caller.Incoming);

        Assert.Equal(first.Text, Document.Of(again).Text);
        Assert.Null((await calls.CallAsync(caller.CallSid))!.FailureCode);
        await caller.LeaveAsync(first, 1, LeaveIntent.Handover);
        AssertConnects(await caller.NextAsync(first));

        static void Token(HttpRequestMessage request) => request.Headers.Add("I-Twilio-Idempotency-Token", "8f9b1a0e-6a3b-4b57-9d0f-0c9f3c1d2e4f");
    }

    [Fact]
    public async Task Twenty_at_once_are_one_call()
    {
        var caller = calls.NewCaller();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.RingAsync()));

        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Single(await calls.CallsOfAsync(caller.Tenant));
    }

    [Fact]
    public async Task A_number_is_the_same_party_in_one_project_and_another_in_the_next()
    {
        var tenant = calls.NewTenant();
        var (one, again, elsewhere) = (calls.NewCaller(tenant), calls.NewCaller(tenant), calls.NewCaller());
        await one.RingAsync();
        foreach (var caller in new[] { again, elsewhere })
            Document.Of(await caller.PostAsync(
                caller.WebhookUrl, [.. caller.Incoming.Where(field => field.Name != "From"), ("From", one.From)]));

        var parties = (await calls.CallsOfAsync(tenant)).Select(call => call.PartyId).Distinct().ToList();
        Assert.NotEqual(Assert.Single(parties), Assert.Single(await calls.CallsOfAsync(elsewhere.Tenant)).PartyId);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("language_model")]
    [InlineData("speech_to_text")]
    [InlineData("text_to_speech")]
    public async Task What_is_missing_is_told_to_the_tenant_and_the_caller_hears_the_deployment_s_words(string missing)
    {
        var caller = calls.NewCaller(calls.NewTenant(missing));

        var document = await caller.RingAsync();
        Assert.Equal(["Say", "Hangup"], document.Verbs);
        Assert.Equal(caller.Tenant.ErrorMessage, document.Root.Element("Say")!.Value);
        Assert.Equal(document.Text, (await caller.RingAsync()).Text);

        await caller.PostAsync(
            $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/event/{caller.Tenant.AssistantId}", caller.Fields(("CallStatus", "completed")));
        var call = Assert.Single(await calls.CallsOfAsync(caller.Tenant));
        Assert.Equal(("error", "tenant", $"missing_{missing}"), (call.EndedBy, call.Fault, call.FailureCode));
        using var http = calls.Rest(caller.Tenant);
        var diagnostic = Assert.Single((await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/diagnostics")).GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(($"missing_{missing}", 1), (diagnostic.GetProperty("reason").GetString(), diagnostic.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_number_that_the_deployment_does_not_name_is_answered_and_told_of()
    {
        var caller = calls.NewCaller();
        caller.Tenant.DeployedNumber = "+15551110000";

        AssertConnects(await caller.RingAsync());
        AssertConnects(await caller.RingAsync());

        using var http = calls.Rest(caller.Tenant);
        var diagnostic = Assert.Single((await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/diagnostics")).GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(("number_not_deployed", 1), (diagnostic.GetProperty("reason").GetString(), diagnostic.GetProperty("count").GetInt32()));
    }

    private static void AssertConnects(Document document)
    {
        Assert.Equal(["Connect", "Redirect"], document.Verbs);
        var path = $"/v1/talk/twilio/ctx/{document.ContextId}";
        Assert.Equal(CallsUnderTest.MediaUrl + path, document.Stream.Attribute("url")!.Value);
        Assert.Equal($"{CallsUnderTest.PublicUrl}{path}/event", document.StatusCallback.Split('#')[0]);
        Assert.Equal($"{CallsUnderTest.PublicUrl}{path}/next", document.Action.Split('#')[0]);
        Assert.Equal(document.Action, document.Root.Element("Redirect")!.Value);
        Assert.Equal("POST", document.Root.Element("Connect")!.Attribute("method")!.Value);
        Assert.Equal("POST", document.Root.Element("Redirect")!.Attribute("method")!.Value);
        Assert.Equal(32, document.ContextId.Length);
        Assert.Equal(43, document.Ticket.Length);
    }
}
