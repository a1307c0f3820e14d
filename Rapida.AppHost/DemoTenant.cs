using System.Globalization;
using System.Security.Cryptography;
using Rapida.ServiceDefaults.Access;

namespace Rapida.AppHost;

/// <summary>The tenant that Development begins with: a clinic's line, its emulated Twilio account and its keys.</summary>
internal sealed class DemoTenant(IDistributedApplicationBuilder builder, Secrets secrets)
{
    public const string PhoneNumber = "+13125550100";

    /// <summary>The number that the product's guide calls from: its sample runs as it stands.</summary>
    public const string GuidesNumber = "+15559876543";

    private const string RetryFragment = "#rc=3&rp=ct,rt,5xx&rt=4000";

    /// <summary>Only here: a deployed system begins empty.</summary>
    public bool IsSeeded => builder.ExecutionContext.IsRunMode;

    public string ApiKey => secrets.ReadOrMake("demo-api-key", NewApiKey);

    public string AssistantId => secrets.ReadOrMake("demo-assistant-id", NewAssistantId);

    public IResourceBuilder<ParameterResource> ApiKeyParameter => secrets.Parameter("demo-api-key", NewApiKey);

    /// <summary>The key in the webhook's URL: it can do nothing else.</summary>
    public IResourceBuilder<ParameterResource> WebhookKey => secrets.Parameter("demo-webhook-key", NewApiKey);

    public IResourceBuilder<ParameterResource> AssistantIdParameter => secrets.Parameter("demo-assistant-id", NewAssistantId);

    public string AccountSidText => secrets.ReadOrMake("demo-account-sid", NewAccountSid);

    public string AuthTokenText => secrets.ReadOrMake("demo-auth-token", Hex32);

    public IResourceBuilder<ParameterResource> AccountSid => secrets.Parameter("demo-account-sid", NewAccountSid);

    public IResourceBuilder<ParameterResource> AuthToken => secrets.Parameter("demo-auth-token", Hex32);

    /// <summary>Where the number's calls go, as an operator enters it in Twilio's console.</summary>
    public ReferenceExpression VoiceUrl(EndpointReference gateway) => ReferenceExpression.Create(
        $"{gateway}/v1/talk/twilio/call/{AssistantIdParameter}?x-api-key={WebhookKey}{RetryFragment}");

    /// <summary>Where Twilio tells what became of a call.</summary>
    public ReferenceExpression StatusCallback(EndpointReference gateway) => ReferenceExpression.Create(
        $"{gateway}/v1/talk/twilio/event/{AssistantIdParameter}{RetryFragment}");

    private static string NewApiKey() => ApiKeyText.Generate().Reveal();

    private static string NewAccountSid() => "AC" + Hex32();

    private static string Hex32() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    // 15 digits, the first not zero.
    private static string NewAssistantId() =>
        (RandomNumberGenerator.GetInt32(1, 10).ToString(CultureInfo.InvariantCulture)) + RandomNumberGenerator.GetString("0123456789", 14);
}

/// <summary>Who is told of the demo tenant.</summary>
internal static class DemoTenantWiring
{
    /// <summary>The migrations write it.</summary>
    public static IResourceBuilder<ProjectResource> WithDemoTenant(this IResourceBuilder<ProjectResource> migrations, DemoTenant demo) =>
        demo.IsSeeded
            ? migrations
                .WithEnvironment("Demo__ApiKey", demo.ApiKeyParameter)
                .WithEnvironment("Demo__WebhookKey", demo.WebhookKey)
                .WithEnvironment("Demo__AssistantId", demo.AssistantIdParameter)
                .WithEnvironment("Demo__AccountSid", demo.AccountSid)
                .WithEnvironment("Demo__AuthToken", demo.AuthToken)
                .WithEnvironment("Demo__PhoneNumber", DemoTenant.PhoneNumber)
            : migrations;

    /// <summary>The emulator knows its account and number, as Twilio would.</summary>
    public static IResourceBuilder<ProjectResource> WithDemoNumber(
        this IResourceBuilder<ProjectResource> emulator, DemoTenant demo, IResourceBuilder<ProjectResource> gateway, DataFolder folder) => emulator
        .WithEnvironment("Emulator__Accounts__0__Sid", demo.AccountSid)
        .WithEnvironment("Emulator__Accounts__0__AuthToken", demo.AuthToken)
        .WithEnvironment("Emulator__Accounts__0__Numbers__0__PhoneNumber", DemoTenant.PhoneNumber)
        .WithEnvironment("Emulator__Accounts__0__Numbers__0__VoiceUrl", demo.VoiceUrl(gateway.GetEndpoint("http")))
        .WithEnvironment("Emulator__Accounts__0__Numbers__0__StatusCallback", demo.StatusCallback(gateway.GetEndpoint("http")))
        .WithEnvironment("Emulator__Accounts__0__OwnedNumbers__0", DemoTenant.GuidesNumber)
        .WithEnvironment("Emulator__AllowInsecureStreams", "true")
        .WithEnvironment("Emulator__NumbersFile", folder.Path("emulator", "numbers.json"))
        .WithEnvironment("Emulator__CallsFolder", folder.Path("emulator", "calls"));

    /// <summary>Whoever is called talks, but for some numbers that the README names.</summary>
    public static IResourceBuilder<ProjectResource> WithPeople(this IResourceBuilder<ProjectResource> emulator, DataFolder folder) => emulator
        .WithEnvironment("Emulator__CalleeWav", folder.Path("callers", "appointment.wav"))
        .WithEnvironment("Emulator__Callees__0__PhoneNumber", "+15550100001").WithEnvironment("Emulator__Callees__0__Outcome", "Busy")
        .WithEnvironment("Emulator__Callees__1__PhoneNumber", "+15550100002").WithEnvironment("Emulator__Callees__1__Outcome", "NoAnswer")
        .WithEnvironment("Emulator__Callees__2__PhoneNumber", "+15550100003").WithEnvironment("Emulator__Callees__2__Outcome", "Failed")
        .WithEnvironment("Emulator__Callees__3__PhoneNumber", "+15550100004").WithEnvironment("Emulator__Callees__3__AnsweredBy", "MachineStart");
}
