using Rapida.Testing.OpenApi;

namespace Rapida.Deployments.Tests;

/// <summary>What Deployments says of itself in docs/openapi.json is true.</summary>
[Collection(nameof(RunningDeployments))]
public sealed class ApiDescriptionTests(RunningDeployments deployments)
{
    [Fact]
    public async Task What_is_described_is_in_the_document_and_happens()
    {
        var document = await ApiDocument.CheckAsync(deployments.Service.Services);
        using var http = deployments.NewTenant();
        var api = new ApiCaller(document, http);

        var assistant = (string)(await api.CallAsync("createAssistant"))!["id"]!;
        var version = await api.CallAsync("createAssistantVersion", assistant);
        var promised = ApiDocument.Operations(document).Single(operation => operation.Id == "createAssistantVersion").Answer!["example"]!;
        Assert.Equal(promised["tools"]!.ToJsonString(), version!["tools"]!.ToJsonString()); // Without the values of headers.
        await api.CallAsync("savePhoneDeployment", assistant);
        await api.CallAsync("getPhoneDeployment", assistant);
        await api.CallAsync("getAssistant", assistant);
        await api.CallAsync("listAssistants");
        await api.CallAsync("listAssistantVersions", assistant);
        await api.CallAsync("getAssistantVersion", $"{assistant}/1");
        api.AssertAllWereTried();
    }
}
