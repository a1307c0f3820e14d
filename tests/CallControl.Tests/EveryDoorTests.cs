using System.Text.Json.Nodes;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>Whoever has no business here gets in nowhere, and learns nothing of who has.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class EveryDoorTests(CallsUnderTest calls)
{
    [Fact]
    public async Task Nobody_gets_in_without_a_key_that_may_or_sees_what_is_another_project_s()
    {
        var (owner, foreign) = (calls.NewCaller(), calls.NewTenant());
        var document = await owner.RingAsync();
        var call = (await calls.CallAsync(owner.CallSid))!;
        var intruder = new Intruder(new Dictionary<string, string>
        {
            ["/v1/calls id"] = call.Id.ToString(),
            ["rapida.calls.v1.Calls id"] = call.Id.ToString(),
            ["conversation_id"] = call.ConversationId.ToString(),
            ["context_id"] = document.ContextId,
            ["call_sid"] = owner.CallSid,
            ["assistant_id"] = owner.Tenant.AssistantId,
            ["credential_id"] = owner.Tenant.CredentialId.ToString(),
            ["account_sid"] = owner.Tenant.AccountSid,
        })
        {
            // Twilio's: the tests of refusals are about them.
            WithoutKey =
            [
                "/health", "/alive", "/v1/talk/twilio/call/{assistantId}", "/v1/talk/twilio/event/{assistantId}",
                "/v1/talk/twilio/ctx/{contextId}/event", "/v1/talk/twilio/ctx/{contextId}/next",
            ],
            Bodies =
            {
                ["POST /v1/calls"] = new JsonObject { ["assistant_id"] = owner.Tenant.AssistantId, ["to_number"] = "+15557654321" },
                ["POST /v1/talk/create-phone-call"] = new JsonObject
                {
                    ["assistant"] = new JsonObject { ["assistantId"] = owner.Tenant.AssistantId }, ["toNumber"] = "+15557654321",
                },
                ["POST /v1/numbers/setup"] = new JsonObject
                {
                    ["assistant_id"] = owner.Tenant.AssistantId, ["webhook_key"] = owner.Tenant.WebhookKey, ["number"] = owner.Tenant.Number, ["apply"] = true,
                },
                ["POST /v1/diagnostics/signature"] = new JsonObject
                {
                    ["credential_id"] = owner.Tenant.CredentialId.ToString(), ["url"] = owner.WebhookUrl, ["signature"] = "",
                },
            },
        };
        string KeyOf(Tenant tenant, Func<string, bool> may) => $"{string.Join(',', Scopes.All.Where(may))} {tenant.ProjectId}";

        await intruder.TryAsync(
            Doors.Rest(calls.Service.Services), calls.Http,
            new(Revoked: "rpd-revoked", Without: scope => KeyOf(owner.Tenant, other => other != scope), Foreign: KeyOf(foreign, _ => true)));
        await intruder.TryAsync(
            Doors.Grpc(calls.Service.Services), calls.Service.CallAsNobody(), calls.Service.CallAs, foreign.ProjectId.ToString());
    }
}
