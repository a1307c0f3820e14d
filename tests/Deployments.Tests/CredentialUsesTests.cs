using Grpc.Core;
using Rapida.Deployments.V1;

namespace Rapida.Deployments.Tests;

[Collection(nameof(RunningDeployments))]
public sealed class CredentialUsesTests(RunningDeployments deployments)
{
    private readonly string _project = Guid.CreateVersion7().ToString();
    private readonly string _credential = Guid.CreateVersion7().ToString();
    private readonly string _other = Guid.CreateVersion7().ToString();
    private readonly V1.Deployments.DeploymentsClient _gateway = new(deployments.Service.CallAs("gateway"));
    private readonly V1.Deployments.DeploymentsClient _vault = new(deployments.Service.CallAs("vault"));

    [Fact]
    public async Task Every_live_place_that_names_the_credential_is_told()
    {
        var clinic = await AssistantAsync("Clinic");
        await DeployAsync(clinic, _credential, speech: _other, voice: _credential);
        var shop = await AssistantAsync("Shop");
        await DeployAsync(shop, _other, speech: _credential, voice: _other);
        await VersionAsync(shop, _credential);
        await AssistantAsync("Idle");

        var uses = await UsesAsync(_project);

        Assert.Equal(
            [
                (clinic.Id, "Clinic", "phone_deployment"), (clinic.Id, "Clinic", "text_to_speech"),
                (shop.Id, "Shop", "speech_to_text"), (shop.Id, "Shop", "language_model"),
            ],
            uses);
    }

    [Fact]
    public async Task What_is_not_live_any_more_counts_for_nothing()
    {
        var assistant = await AssistantAsync("Clinic");
        await DeployAsync(assistant, _credential, _credential, _credential);
        await VersionAsync(assistant, _credential);

        await DeployAsync(assistant, _other, _other, _other);
        await VersionAsync(assistant, _other);

        Assert.Empty(await UsesAsync(_project));
    }

    [Fact]
    public async Task Another_projects_assistants_are_not_told()
    {
        await DeployAsync(await AssistantAsync("Clinic"), _credential, _credential, _credential);

        Assert.Empty(await UsesAsync(Guid.CreateVersion7().ToString()));
    }

    [Fact]
    public async Task Only_vault_may_ask()
    {
        var request = new FindCredentialUsesRequest { ProjectId = _project, CredentialId = _credential };

        var refused = await Assert.ThrowsAsync<RpcException>(() => _gateway.FindCredentialUsesAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private async Task<Assistant> AssistantAsync(string name) => await _gateway.CreateAssistantAsync(new() { ProjectId = _project, Name = name });

    private async Task VersionAsync(Assistant assistant, string credential) => await _gateway.CreateVersionAsync(new()
    {
        ProjectId = _project,
        AssistantId = assistant.Id,
        Prompt = "Be kind.",
        LanguageModel = new() { Name = "openai", CredentialId = credential },
    });

    [Fact]
    public async Task A_tool_that_names_the_credential_or_whose_headers_are_in_it_is_told()
    {
        var project = Guid.Parse(_project);
        var assistant = await AssistantAsync("Clinic");
        var own = deployments.Vault.Store(project, "http-headers");
        await ToolsAsync(assistant, new() { CredentialId = own }, new() { Headers = { ["X-Key"] = "k" } });
        var stored = deployments.Vault.StoredFor(project)[^1].Id;

        Assert.Equal("tool look_0", await PlaceAsync(own));
        Assert.Equal("tool look_1", await PlaceAsync(stored));
        await ToolsAsync(assistant);
        Assert.Null(await PlaceAsync(own));

        async Task<string?> PlaceAsync(string credential) =>
            (await _vault.FindCredentialUsesAsync(new() { ProjectId = _project, CredentialId = credential })).Uses.SingleOrDefault()?.Place;
    }

    private async Task ToolsAsync(Assistant assistant, params HttpTool[] tools)
    {
        var request = new CreateVersionRequest { ProjectId = _project, AssistantId = assistant.Id, Prompt = "Be kind." };
        foreach (var tool in tools)
        {
            (tool.Name, tool.Description, tool.Url) = ($"look_{request.Tools.Count}", "Looks.", "https://example.com/");
            request.Tools.Add(tool);
        }

        await _gateway.CreateVersionAsync(request);
    }

    private async Task DeployAsync(Assistant assistant, string phone, string speech, string voice) => await _gateway.SavePhoneDeploymentAsync(new()
    {
        ProjectId = _project,
        AssistantId = assistant.Id,
        Provider = "twilio",
        CredentialId = phone,
        PhoneNumber = "+15551234567",
        SpeechToText = new() { Name = "deepgram", CredentialId = speech },
        TextToSpeech = new() { Name = "elevenlabs", CredentialId = voice },
    });

    private async Task<IEnumerable<(string, string, string)>> UsesAsync(string project)
    {
        var found = await _vault.FindCredentialUsesAsync(new() { ProjectId = project, CredentialId = _credential });
        return found.Uses.Select(use => (use.AssistantId, use.AssistantName, use.Place));
    }
}
