using System.Text.Json.Nodes;
using Rapida.Testing.OpenApi;

namespace CallControl.Tests;

/// <summary>What CallControl says of itself in docs/openapi.json is true.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class ApiDescriptionTests(CallsUnderTest calls)
{
    [Fact]
    public async Task What_is_described_is_in_the_document_and_happens()
    {
        var document = await ApiDocument.CheckAsync(calls.Service.Services);
        var caller = calls.NewCaller(calls.NewTenant("version"));
        var tenant = caller.Tenant;
        using var placing = new Placing(calls, tenant);
        var api = new ApiCaller(document, placing.Http);
        await caller.PostAsync(caller.WebhookUrl, caller.Incoming); // It cannot be held: there is a diagnostic, too.

        var call = (string)Assert.Single((await api.CallAsync("listCalls"))!["calls"]!.AsArray())!["id"]!;
        await api.CallAsync("getCall", call);
        Assert.Single((await api.CallAsync("listDiagnostics"))!["diagnostics"]!.AsArray());
        await api.CallAsync("diagnoseSignature", with: ("credential_id", tenant.CredentialId.ToString()));

        tenant.Missing.Clear();
        var id = (string)(await api.CallAsync("placeCall", with: ("assistant_id", tenant.AssistantId)))!["id"]!;
        await placing.UntilAsync(Guid.Parse(id), row => row.CallSid is not null);
        Assert.NotEmpty((await api.CallAsync("listCallEvents", id))!["events"]!.AsArray());
        await api.CallAsync("cancelCall", id);
        await api.CallAsync("hangUpCall", id);
        var one = new JsonObject { ["assistant"] = new JsonObject { ["assistantId"] = tenant.AssistantId }, ["toNumber"] = placing.To };
        await api.CallAsync("createPhoneCall", with: ("assistant", one["assistant"]!.DeepClone()));
        await api.CallAsync("createBulkPhoneCall", with: ("phoneCalls", new JsonArray(one.DeepClone())));
        calls.Twilio.Open(tenant).Numbers.Add(new(tenant.Number) { VoiceUrl = "https://old.example.com/voice", VoiceMethod = "GET" });
        Assert.Single((await api.CallAsync("listNumbers", with: ("credential_id", tenant.CredentialId.ToString())))!["numbers"]!.AsArray());
        await api.CallAsync(
            "setUpNumber", null, ("assistant_id", tenant.AssistantId), ("webhook_key", tenant.WebhookKey), ("number", tenant.Number));
        api.AssertAllWereTried();
    }
}
