using System.Net;
using System.Text.Json.Nodes;
using Rapida.Media.V1;
using Rapida.CallControl.Calls;
using Rapida.Testing;

namespace CallControl.Tests;

[Collection(nameof(CallsUnderTest))]
public sealed class PlaceCallTests(CallsUnderTest calls) : IDisposable
{
    private readonly Placing _placing = new(calls);

    public void Dispose() => _placing.Dispose();

    [Fact]
    public async Task A_call_is_queued_and_then_asked_of_Twilio_with_all_that_it_needs()
    {
        using var answer = await _placing.PostAsync(_placing.Body(("metadata", new JsonObject { ["campaign"] = "follow-up" })));
        var queued = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        var dialled = await _placing.DialledAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"/v1/calls/{queued["id"]}", answer.Headers.Location?.ToString());
        Assert.Equal(("queued", "outbound", _placing.To, _placing.Tenant.Number), (
            (string?)queued["status"], (string?)queued["direction"], (string?)queued["to"], (string?)queued["from"]));
        Assert.NotEqual(Guid.Empty, Guid.Parse((string)queued["conversation"]!["id"]!));
        Assert.Equal("follow-up", (string?)queued["metadata"]!["campaign"]);
        var (form, document) = (dialled.Form, Document.Of(dialled.Form["Twiml"]));
        Assert.Equal((_placing.To, _placing.Tenant.Number, "30", "360"), (form["To"], form["From"], form["Timeout"], form["TimeLimit"]));
        Assert.Equal(document.StatusCallback, form["StatusCallback"]);
        Assert.Equal("initiated,ringing,answered,completed", form["StatusCallbackEvent"]);
        Assert.False(form.ContainsKey("MachineDetection"));
        Assert.Equal(["Connect", "Redirect"], document.Verbs);
    }

    [Fact]
    public async Task Whoever_answers_talks_with_the_assistant_and_the_end_is_Twilio_s()
    {
        var (id, line, document, claim) = await _placing.TalkAsync(("args", new JsonObject { ["name"] = "Ann" }), ("options", new JsonObject { ["greeting"] = "Hello {{name}}" }));

        await line.StatusAsync(document, "completed", ("SequenceNumber", "3"), ("CallDuration", "12"), ("SipResponseCode", "200"));

        Assert.Equal(("Hello {{name}}", "Ann"), (claim.Settings.Experience.Greeting, claim.Settings.Arguments["name"]));
        Assert.Equal("completed", (await calls.Ended.NextAsync(id)).Status);
        var shown = await _placing.ShowAsync(id);
        Assert.Equal(("completed", 12, "caller", 200, line.CallSid), (
            (string?)shown["status"], (int?)shown["duration_seconds"], (string?)shown["ended_by"], (int?)shown["sip_code"], (string?)shown["provider_call_id"]));
        Assert.Equal(["dial dialling", "dial placed", "call completed"], await _placing.EventsAsync(id));
    }

    [Theory]
    [InlineData("busy", "486", "The number was busy.")]
    [InlineData("no-answer", "487", "Nobody answered.")]
    public async Task A_call_that_nobody_takes_says_so(string status, string sipCode, string reason)
    {
        var (id, line, document) = await _placing.RingAsync();

        await line.StatusAsync(document, "initiated", ("SequenceNumber", "0"));
        await line.StatusAsync(document, "ringing", ("SequenceNumber", "1"));
        await line.StatusAsync(document, status, ("SequenceNumber", "2"), ("SipResponseCode", sipCode));

        var shown = await _placing.ShowAsync(id);
        Assert.Equal((status, "caller", "none", reason), (
            (string?)shown["status"], (string?)shown["ended_by"], (string?)shown["fault"], (string?)shown["reason"]));
    }

    [Fact]
    public async Task Late_ringing_after_the_end_is_ignored()
    {
        var (id, line, document) = await _placing.RingAsync();

        await line.StatusAsync(document, "completed", ("SequenceNumber", "3"));
        await line.StatusAsync(document, "ringing", ("SequenceNumber", "1"));

        Assert.Equal("completed", (string?)(await _placing.ShowAsync(id))["status"]);
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_is_the_same_call()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _placing.PostAsync(_placing.Body(), "order-4711")));
        using var other = await _placing.PostAsync(_placing.Body(("version", 1)), "order-4711");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        var ids = await Task.WhenAll(answers.Select(async answer => (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!));
        Assert.Single(ids.Distinct());
        Assert.Single(await calls.CallsOfAsync(_placing.Tenant));
        Assert.Equal((HttpStatusCode.Conflict, "idempotency_key_reused"), (other.StatusCode, await other.CodeAsync()));
        await _placing.DialledAsync();
        Assert.False(_placing.Callee.Dials.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("to_number", "00491701234567", "to_number_invalid")]
    [InlineData("to_number", null, "to_number_invalid")]
    [InlineData("from_number", "5551234567", "from_number_invalid")]
    [InlineData("assistant_id", "me", "assistant_id_invalid")]
    [InlineData("assistant_id", "999999999999999", "assistant_unknown")]
    [InlineData("version", 0, "version_invalid")]
    [InlineData("machine_detection", "maybe", "machine_detection_invalid")]
    public async Task What_cannot_be_is_refused_with_what_to_change(string field, object? value, string code)
    {
        using var answer = await _placing.PostAsync(_placing.Body((field, value is null ? null : JsonValue.Create(value))));

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Empty(await calls.CallsOfAsync(_placing.Tenant));
    }

    [Fact]
    public async Task Metadata_that_is_too_long_and_options_out_of_range_are_refused()
    {
        using var metadata = await _placing.PostAsync(_placing.Body(("metadata", new JsonObject { ["x"] = new string('é', 2_100) })));
        using var args = await _placing.PostAsync(_placing.Body(("args", new JsonObject { ["x"] = "a\0b" })));
        using var options = await _placing.PostAsync(_placing.Body(("options", new JsonObject { ["idle_timeout_seconds"] = 14 })));

        Assert.Equal(
            ("metadata_invalid", "args_invalid", "idle_timeout_out_of_range"),
            (await metadata.CodeAsync(), await args.CodeAsync(), await options.CodeAsync()));
    }

    [Fact]
    public async Task An_assistant_that_cannot_hold_a_call_places_none()
    {
        using var placing = new Placing(calls, calls.NewTenant("text_to_speech"));

        using var answer = await placing.PostAsync(placing.Body());

        Assert.Equal((HttpStatusCode.Conflict, "deployment_incomplete"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Contains("text_to_speech", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_counts_at_once_and_without_word_of_it_two_seconds_later()
    {
        await _placing.PlaceAsync();
        _placing.Tenant.Missing.Add("version");
        await _placing.PlaceAsync();

        await calls.DeploymentSavedAsync(_placing.Tenant);
        using var told = await _placing.PostAsync(_placing.Body());
        _placing.Tenant.Missing.Clear();
        await _placing.PlaceAsync();
        _placing.Tenant.Missing.Add("version");
        calls.Clock.Advance(TimeSpan.FromSeconds(2));
        using var later = await _placing.PostAsync(_placing.Body());

        Assert.Equal(("deployment_incomplete", "deployment_incomplete"), (await told.CodeAsync(), await later.CodeAsync()));
    }

    [Fact]
    public async Task A_ticket_is_good_however_long_it_rings_and_for_two_minutes_after_the_answer()
    {
        var (_, line, document) = await _placing.RingAsync();
        calls.Clock.Advance(TimeSpan.FromMinutes(4));
        await line.StatusAsync(document, "in-progress", ("SequenceNumber", "2"));
        var (_, late, other) = await _placing.RingAsync();
        await late.StatusAsync(other, "in-progress", ("SequenceNumber", "2"));

        Assert.Equal(1, (await line.ClaimAsync(document)).Attempt);
        calls.Clock.Advance(TimeSpan.FromMinutes(3));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => late.ClaimAsync(other));
    }

    [Fact]
    public async Task A_machine_is_hung_up_on_when_the_tenant_wants_it()
    {
        var (id, line, document, _) = await _placing.TalkAsync(("machine_detection", "hang_up"));
        var twilio = calls.Twilio[line.CallSid];
        twilio.Status = "in-progress";

        await line.PostAsync(document.StatusCallback, line.Fields(("AnsweredBy", "machine_start"), ("MachineDetectionDuration", "2300")));
        var call = await _placing.UntilAsync(id, row => row.EndedBy is not null, TimeSpan.FromSeconds(1));

        Assert.Equal("completed", await twilio.Ended.Reader.ReadAsync());
        Assert.Equal(("machine", "none", "machine_start"), (call.EndedBy, call.Fault, call.AnsweredBy));
        Assert.Single(await _placing.EventsAsync(id), one => one == "machine hangup");
    }

    [Theory]
    [InlineData("hang_up", null, true, true)]
    [InlineData("hang_up", "off", false, false)]
    [InlineData("off", "hang_up", true, true)]
    [InlineData("continue", null, true, false)]
    [InlineData("", null, false, false)]
    public async Task What_a_call_does_not_say_about_machines_the_deployment_says(string deployed, string? said, bool listens, bool hangsUp)
    {
        _placing.Tenant.MachineDetection = deployed;
        var id = await _placing.PlaceAsync(said is null ? [] : [("machine_detection", said)]);
        var dialled = await _placing.DialledAsync();
        await _placing.UntilAsync(id, call => call.CallSid is not null);
        var (line, document) = (_placing.LineOf(dialled), Document.Of(dialled.Form["Twiml"]));

        await line.PostAsync(document.StatusCallback, line.Fields(("AnsweredBy", "machine_start")));

        Assert.Equal(listens, dialled.Form.ContainsKey("MachineDetection"));
        Assert.Equal(hangsUp, Assert.Single(await calls.CallsOfAsync(_placing.Tenant)).HangUpReason is "machine");
    }

    [Fact]
    public async Task A_person_and_a_machine_that_is_welcome_go_on()
    {
        var (id, line, document, _) = await _placing.TalkAsync(("machine_detection", "continue"));

        await line.PostAsync(document.StatusCallback, line.Fields(("AnsweredBy", "machine_start")));
        calls.Clock.Advance(TimeSpan.FromSeconds(2));

        var shown = await _placing.ShowAsync(id);
        Assert.Equal(("in-progress", "machine_start"), ((string?)shown["status"], (string?)shown["answered_by"]));
        Assert.False(calls.Twilio[line.CallSid].Ended.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_call_is_ended_by_the_API_in_whatever_state_it_is()
    {
        var (ringing, line, _) = await _placing.RingAsync();
        var (talking, other, _, _) = await _placing.TalkAsync();
        calls.Twilio[other.CallSid].Status = "in-progress";

        using var canceled = await _placing.Http.PostAsync($"/v1/calls/{ringing}/cancel", null);
        using var refused = await _placing.Http.PostAsync($"/v1/calls/{talking}/cancel", null);
        using var hungUp = await _placing.Http.PostAsync($"/v1/calls/{talking}/hangup", null);
        var (first, second) = (
            await _placing.UntilAsync(ringing, row => row.EndedBy is not null, TimeSpan.FromSeconds(1)),
            await _placing.UntilAsync(talking, row => row.EndedBy is not null, TimeSpan.FromSeconds(1)));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Accepted), (canceled.StatusCode, refused.StatusCode, hungUp.StatusCode));
        Assert.Equal("call_answered", await refused.CodeAsync());
        Assert.Equal(("Canceled", "operator"), (first.Status.ToString(), first.EndedBy));
        Assert.Equal(("Completed", "operator"), (second.Status.ToString(), second.EndedBy));
        Assert.Equal("canceled", await calls.Twilio[line.CallSid].Ended.Reader.ReadAsync());
        Assert.Equal("completed", await calls.Twilio[other.CallSid].Ended.Reader.ReadAsync());
        Assert.Contains("operator cancel", await _placing.EventsAsync(ringing));
        Assert.Contains("operator hangup", await _placing.EventsAsync(talking));
    }

    [Fact]
    public async Task A_call_that_was_answered_before_it_could_be_taken_back_goes_on()
    {
        var (id, line, _) = await _placing.RingAsync();
        calls.Twilio[line.CallSid].Status = "in-progress";

        using var canceled = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null);
        var call = await _placing.UntilAsync(id, row => row.HangUpReason is null, TimeSpan.FromSeconds(1));

        Assert.Equal(("InProgress", null), (call.Status.ToString(), call.EndedBy));
        Assert.Contains("operator cancel_too_late", await _placing.EventsAsync(id));
        using var hungUp = await _placing.Http.PostAsync($"/v1/calls/{id}/hangup", null);
        Assert.Equal("operator", (await _placing.UntilAsync(id, row => row.EndedBy is not null, TimeSpan.FromSeconds(1))).EndedBy);
    }

    [Fact]
    public async Task A_call_is_taken_back_once_however_often_that_is_asked_for()
    {
        var (id, _, _) = await _placing.RingAsync();

        for (var i = 0; i < 2; i++)
            using (var canceled = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null))
                Assert.Equal(HttpStatusCode.Accepted, canceled.StatusCode);

        Assert.Single(await _placing.EventsAsync(id), one => one == "operator cancel");
    }

    [Fact]
    public async Task Who_has_taken_a_call_back_may_still_hang_up()
    {
        var (id, line, _) = await _placing.RingAsync();
        calls.Twilio[line.CallSid].Status = "in-progress";

        using var canceled = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null);
        using var hungUp = await _placing.Http.PostAsync($"/v1/calls/{id}/hangup", null);

        Assert.Equal(CallStatus.Completed, (await _placing.UntilAsync(id, row => row.EndedBy is not null, TimeSpan.FromSeconds(1))).Status);
    }

    [Fact]
    public async Task Twilio_s_count_of_seconds_takes_the_place_of_ours()
    {
        var (id, line, document, _) = await _placing.TalkAsync();
        await line.StatusAsync(document, "in-progress");
        calls.Twilio[line.CallSid].Status = "in-progress";
        using var hungUp = await _placing.Http.PostAsync($"/v1/calls/{id}/hangup", null);
        await _placing.UntilAsync(id, row => row.EndedBy is not null, TimeSpan.FromSeconds(1));

        await line.StatusAsync(document, "completed", ("CallDuration", "4711"));

        Assert.Equal(4711, (int)(await _placing.ShowAsync(id))["duration_seconds"]!);
    }

    [Fact]
    public async Task A_call_that_nobody_answered_has_no_price_and_Twilio_is_not_asked_for_it()
    {
        var (id, line, document) = await _placing.RingAsync();

        await line.StatusAsync(document, "no-answer");

        Assert.Null((await _placing.UntilAsync(id, row => row.EndedBy is not null)).AskPriceAt);
    }

    [Fact]
    public async Task A_call_that_was_answered_and_is_over_stays_as_it_is_when_it_is_taken_back()
    {
        var (id, line, document, _) = await _placing.TalkAsync();
        await line.StatusAsync(document, "completed");

        using var canceled = await _placing.Http.PostAsync($"/v1/calls/{id}/cancel", null);

        Assert.Equal(HttpStatusCode.Accepted, canceled.StatusCode);
        Assert.Equal(("completed", "caller"), ((string?)(await _placing.ShowAsync(id))["status"], (string?)(await _placing.ShowAsync(id))["ended_by"]));
        Assert.DoesNotContain("operator cancel", await _placing.EventsAsync(id));
    }

    [Fact]
    public async Task What_it_cost_is_known_when_Twilio_has_reckoned()
    {
        var (id, line, document) = await _placing.RingAsync();
        await line.StatusAsync(document, "completed");
        calls.Twilio[line.CallSid].Status = "completed";
        calls.Twilio[line.CallSid].Price = "-0.0130";

        await _placing.UntilAsync(id, row => row.Price is not null, TimeSpan.FromSeconds(10));

        var shown = await _placing.ShowAsync(id);
        Assert.Equal((-0.0130m, "USD"), ((decimal?)shown["price"], (string?)shown["price_unit"]));
    }

    [Fact]
    public async Task Clients_of_the_hosted_product_place_calls_in_their_own_words_and_all_or_none()
    {
        var one = new JsonObject
        {
            ["assistant"] = new JsonObject { ["assistantId"] = _placing.Tenant.AssistantId, ["version"] = "latest" }, ["toNumber"] = _placing.To,
        };
        var bad = one.DeepClone().AsObject();
        bad["toNumber"] = "12";

        using var placed = await _placing.Http.PostAsJsonAsync("/v1/talk/create-phone-call", one);
        using var none = await _placing.Http.PostAsJsonAsync("/v1/talk/create-bulk-phone-call", new JsonObject { ["phoneCalls"] = new JsonArray(one.DeepClone(), bad) });
        using var all = await _placing.Http.PostAsJsonAsync("/v1/talk/create-bulk-phone-call", new JsonObject { ["phoneCalls"] = new JsonArray(one.DeepClone(), one.DeepClone()) });

        var answer = (await placed.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal((200, true), ((int)answer["code"]!, (bool)answer["success"]!));
        Assert.Equal("to_number_invalid", await none.CodeAsync());
        Assert.Contains("Call 2 of 2", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await all.Content.ReadFromJsonAsync<JsonNode>())!["data"]!.AsArray().Count);
        Assert.Equal(3, (await calls.CallsOfAsync(_placing.Tenant)).Count);
    }

    [Fact]
    public async Task A_call_that_is_missing_among_many_is_told()
    {
        using var answer = await _placing.Http.PostAsJsonAsync("/v1/talk/create-bulk-phone-call", new JsonObject { ["phoneCalls"] = new JsonArray((JsonNode?)null) });

        Assert.Equal("bulk_invalid", await answer.CodeAsync());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_metadata()
    {
        var body = $$$"""{"assistant_id":"{{{_placing.Tenant.AssistantId}}}","to_number":"{{{_placing.To}}}","metadata":{"x":"\ud800"}}""";

        using var answer = await _placing.Http.PostAsync("/v1/calls", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal("metadata_invalid", await answer.CodeAsync());
    }

    [Fact]
    public async Task The_longest_key_for_one_call_is_none_too_long_for_many()
    {
        var many = new JsonObject
        {
            ["phoneCalls"] = new JsonArray(new JsonObject { ["assistant"] = new JsonObject { ["assistantId"] = _placing.Tenant.AssistantId }, ["toNumber"] = _placing.To }),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/talk/create-bulk-phone-call") { Content = JsonContent.Create(many) };
        request.Headers.Add("Idempotency-Key", new string('k', 100));

        using var answer = await _placing.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Calls_are_found_by_what_they_are()
    {
        var (id, line, document) = await _placing.RingAsync();
        await line.StatusAsync(document, "busy");
        await _placing.RingAsync();

        var busy = (await _placing.Http.GetFromJsonAsync<JsonNode>($"/v1/calls?status=busy&direction=outbound&to={Uri.EscapeDataString(_placing.To)}"))!["calls"]!.AsArray();
        var named = (await _placing.Http.GetFromJsonAsync<JsonNode>($"/v1/calls?provider_call_id={line.CallSid}"))!["calls"]!.AsArray();
        using var unknown = await _placing.Http.GetAsync("/v1/calls?status=engaged");

        Assert.Equal(id.ToString(), (string?)Assert.Single(busy)!["id"]);
        Assert.Equal(id.ToString(), (string?)Assert.Single(named)!["id"]);
        Assert.Equal("filter_invalid", await unknown.CodeAsync());
    }
}
