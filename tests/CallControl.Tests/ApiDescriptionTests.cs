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
        using var http = calls.Rest(caller.Tenant);
        var api = new ApiCaller(document, http);
        await caller.PostAsync(caller.WebhookUrl, caller.Incoming); // It cannot be held: there is a diagnostic, too.

        var call = (string)Assert.Single((await api.CallAsync("listCalls"))!["calls"]!.AsArray())!["id"]!;
        await api.CallAsync("getCall", call);
        Assert.Single((await api.CallAsync("listDiagnostics"))!["diagnostics"]!.AsArray());
        await api.CallAsync("diagnoseSignature", with: ("credential_id", caller.Tenant.CredentialId.ToString()));
        api.AssertAllWereTried();
    }
}
