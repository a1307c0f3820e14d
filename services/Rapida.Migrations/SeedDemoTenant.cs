using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.Deployments;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Credentials;
using Rapida.Vault.Projects;

namespace Rapida.Migrations;

/// <summary>The tenant that Development begins with. Made by the AppHost; absent elsewhere, and then nothing is seeded.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    [Required] public string ApiKey { get; set; } = "";

    [Required] public string WebhookKey { get; set; } = "";

    [Required] public string AssistantId { get; set; } = "";

    [Required] public string AccountSid { get; set; } = "";

    [Required] public string AuthToken { get; set; } = "";

    [Required] public string PhoneNumber { get; set; } = "";
}

/// <summary>A clinic's line that takes appointments, on the local engines. What is there already stays as it is.</summary>
internal sealed class SeedDemoTenant(
    IOptions<DemoOptions> options, EnsureProject ensureProject, EnsureCredential ensureCredential, ImportApiKey importApiKey,
    EnsureAssistant ensureAssistant, TimeProvider clock)
{
    private static readonly Guid ProjectId = new("01990000-0000-7000-8000-000000000001");
    private static readonly Guid CredentialId = new("01990000-0000-7000-8000-000000000002");

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var demo = options.Value;
        await ensureProject.ExecuteAsync(ProjectId, "Demo", "Clinic", cancellationToken);
        await ensureCredential.ExecuteAsync(
            CredentialId,
            CreateCredentialCommand.Parse(
                ProjectId, "twilio", "Emulated Twilio",
                new Dictionary<string, string> { ["account_sid"] = demo.AccountSid, ["account_token"] = demo.AuthToken }).ValueOrThrow(),
            cancellationToken);
        await ImportAsync("Demo", demo.ApiKey, [.. Scopes.All.Where(scope => scope != Scopes.Webhook)], cancellationToken);
        await ImportAsync("Demo webhook", demo.WebhookKey, [Scopes.Webhook], cancellationToken);

        var assistantId = AssistantId.Parse(demo.AssistantId).ValueOrThrow();
        await ensureAssistant.ExecuteAsync(
            "Clinic appointments",
            CreateVersionCommand.Parse(
                ProjectId, assistantId, Provider("scripted", ("model", "appointment")), "Take an appointment: day, time and a phone number.").ValueOrThrow(),
            SavePhoneDeploymentCommand.Parse(ProjectId, assistantId, Phone(demo)).ValueOrThrow(),
            cancellationToken);
    }

    private static PhoneSettings Phone(DemoOptions demo) => new()
    {
        Provider = "twilio",
        CredentialId = CredentialId.ToString(),
        PhoneNumber = demo.PhoneNumber,
        Greeting = "Hello, this is the clinic. What day, and what time, would you like to come?",
        ErrorMessage = "We are sorry, the clinic's line has a problem. Please call again later.",
        IdleTimeoutSeconds = 15,
        SpeechToText = Provider("pocketsphinx"),
        TextToSpeech = Provider("flite"),
    };

    private static ProviderSettings Provider(string name, params (string Name, string Value)[] options) =>
        new(name, options.ToDictionary(option => option.Name, option => option.Value), CredentialId: null);

    private async Task ImportAsync(string name, string text, string[] scopes, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var key))
            throw new InvalidOperationException($"The key '{name}' of the demo tenant is none: delete .data/secrets and start again.");
        await importApiKey.ExecuteAsync(
            CreateApiKeyCommand.Parse(ProjectId, name, scopes, expiresAt: null, clock.GetUtcNow()).ValueOrThrow(), key, cancellationToken);
    }
}

internal static class DemoTenantRegistration
{
    public static void AddDemoTenant(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || !builder.Configuration.GetSection(DemoOptions.Section).Exists())
            return;
        builder.Services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddVaultSeeding();
        builder.AddDeploymentsSeeding();
        builder.Services.AddScoped<SeedDemoTenant>();
    }
}
