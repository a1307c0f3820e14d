using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Control;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Numbers;
using Rapida.TwilioEmulator.Outbound;
using Rapida.TwilioEmulator.Streams;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator;

/// <summary>The whole emulator, for its own process and for a test that wants one inside.</summary>
internal static class Emulator
{
    public static IServiceCollection AddEmulator(this IServiceCollection services)
    {
        services.AddOptions<EmulatorOptions>().BindConfiguration(EmulatorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmulatorOptions>, EmulatorOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });

        services.AddSingleton<AccountDirectory>().AddSingleton<RequestLimit>().AddSingleton<NumberDirectory>();
        services.AddSingleton<WebhookClient>().AddSingleton<CallWebhooks>().AddSingleton<Documents>();
        services.AddSingleton<StreamConnector>().AddSingleton<StreamSession>().AddSingleton<Announcer>().AddSingleton<Dialler>().AddSingleton<CallConductor>();
        services.AddSingleton<CalleeDirectory>().AddSingleton<DialPace>().AddSingleton<DialLog>();
        services.AddSingleton<CallProgress>().AddSingleton<DetectMachine>().AddSingleton<OutboundCalls>().AddSingleton<CreateCall>();
        services.AddSingleton<CallEngine>().AddHostedService(s => s.GetRequiredService<CallEngine>());
        return services;
    }

    public static void MapEmulator(this IEndpointRouteBuilder app)
    {
        var account = app.MapAccounts();
        account.MapNumbers();
        account.MapCalls();
        app.MapAuthTokens();
        app.MapControl();
    }
}
