using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Deployments.Providers;
using Rapida.Deployments.V1;
using Assistant = Rapida.Deployments.Assistants.Assistant;
using AssistantVersion = Rapida.Deployments.Assistants.AssistantVersion;
using CredentialUse = Rapida.Deployments.Providers.CredentialUse;
using Experience = Rapida.Deployments.Phone.Experience;
using HttpTool = Rapida.Deployments.Assistants.HttpTool;
using PhoneDeployment = Rapida.Deployments.Phone.PhoneDeployment;

namespace Rapida.Deployments;

/// <summary>Between our types and those of deployments.proto.</summary>
internal static class DeploymentsWire
{
    public static V1.Assistant ToWire(this Assistant assistant) => new()
    {
        ProjectId = assistant.ProjectId.ToString(),
        Id = assistant.Id.ToString(),
        Name = assistant.Name,
        CreatedAt = assistant.CreatedAt.ToTimestamp(),
        LiveVersion = assistant.LiveVersion,
    };

    public static V1.AssistantVersion ToWire(this AssistantVersion version) => new()
    {
        ProjectId = version.ProjectId.ToString(),
        AssistantId = version.AssistantId.ToString(),
        Version = version.Version,
        LanguageModel = version.LanguageModel?.ToWire(),
        Prompt = version.Prompt,
        Tools = { version.Tools.Select(ToWire) },
        CreatedAt = version.CreatedAt.ToTimestamp(),
    };

    public static V1.CredentialUse ToWire(this CredentialUse use) =>
        new() { AssistantId = use.AssistantId.ToString(), AssistantName = use.AssistantName, Place = use.Place };

    public static V1.PhoneDeployment ToWire(this PhoneDeployment phone) => new()
    {
        ProjectId = phone.ProjectId.ToString(),
        AssistantId = phone.AssistantId.ToString(),
        Revision = phone.Revision,
        Provider = phone.Provider,
        CredentialId = phone.CredentialId.ToString(),
        PhoneNumber = phone.PhoneNumber,
        Experience = phone.Experience.ToWire(),
        SpeechToText = phone.SpeechToText?.ToWire(),
        TextToSpeech = phone.TextToSpeech?.ToWire(),
        TransferTargets = { phone.TransferTargets.ToDictionary() },
        SendKeys = phone.SendKeys,
        MachineDetection = phone.MachineDetection,
        CreatedAt = phone.CreatedAt.ToTimestamp(),
    };

    public static ProviderSettings ToSettings(this Provider provider) => new(provider.Name, provider.Options, provider.CredentialId);

    public static HttpToolSettings ToSettings(this V1.HttpTool tool) => new(
        tool.Name, tool.Description, ParseJson(tool.ParametersJson), tool.Url, tool.Method.Length > 0 ? tool.Method : null, tool.Headers,
        tool.Timeout?.ToSeconds(), tool.CredentialId);

    public static PhoneSettings ToSettings(this SavePhoneDeploymentRequest request) => new()
    {
        Provider = request.Provider,
        CredentialId = request.CredentialId,
        PhoneNumber = request.PhoneNumber,
        Greeting = request.HasGreeting ? request.Greeting : null,
        GreetingInterruptible = request.HasGreetingInterruptible ? request.GreetingInterruptible : null,
        ErrorMessage = request.HasErrorMessage ? request.ErrorMessage : null,
        IdleTimeoutSeconds = request.IdleTimeout?.ToSeconds(),
        IdleMessage = request.HasIdleMessage ? request.IdleMessage : null,
        IdleRetries = request.HasIdleRetries ? request.IdleRetries : null,
        MaxDurationSeconds = request.MaxDuration?.ToSeconds(),
        SpeechToText = request.SpeechToText?.ToSettings(),
        TextToSpeech = request.TextToSpeech?.ToSettings(),
        TransferTargets = request.TransferTargets,
        SendKeys = request.SendKeys,
        MachineDetection = request.MachineDetection.Length > 0 ? request.MachineDetection : null,
    };

    private static V1.Experience ToWire(this Experience experience) => new()
    {
        Greeting = experience.Greeting,
        GreetingInterruptible = experience.GreetingInterruptible,
        ErrorMessage = experience.ErrorMessage,
        IdleTimeout = experience.IdleTimeout.ToDuration(),
        IdleMessage = experience.IdleMessage,
        IdleRetries = experience.IdleRetries,
        MaxDuration = experience.MaxDuration.ToDuration(),
    };

    private static V1.HttpTool ToWire(HttpTool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        ParametersJson = tool.Parameters,
        Url = tool.Url,
        Method = tool.Method,
        Timeout = tool.Timeout.ToDuration(),
        CredentialId = tool.CredentialId?.ToString() ?? "",
        HeaderNames = { tool.HeaderNames },
    };

    // What is no JSON is a text, and so no schema: it is refused as such.
    private static JsonElement? ParseJson(string text)
    {
        if (text.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private static Provider ToWire(this ProviderChoice choice) => new()
    {
        Name = choice.Name,
        Options = { choice.Options.ToDictionary() },
        CredentialId = choice.CredentialId?.ToString() ?? "",
    };

    // Not ToTimeSpan: it throws where a duration is out of its own range, and ours is checked anyway.
    private static double ToSeconds(this Duration duration) => duration.Seconds + duration.Nanos / 1e9;
}
