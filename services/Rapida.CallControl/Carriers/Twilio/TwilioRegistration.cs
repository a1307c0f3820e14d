using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Resilience;
using Rapida.Vault.V1;

namespace Rapida.CallControl.Carriers.Twilio;

internal static class TwilioRegistration
{
    public static void AddTwilio(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PublicUrlOptions>()
            .BindConfiguration(PublicUrlOptions.Section)
            .Configure<IConfiguration>((urls, configuration) => urls.MediaUrl = configuration.GetValue<Uri?>("Media:PublicUrl"))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PublicUrlOptions>, PublicUrlOptionsValidator>();
        builder.Services.AddOptions<TwilioOptions>().BindConfiguration(TwilioOptions.Section);

        builder.AddServiceClient<Credentials.CredentialsClient>("vault");
        builder.Services.AddSingleton<TwilioAccounts>();
        builder.Services.AddSingleton<PublicUrls>();
        builder.Services.AddSingleton<Twiml>();
        builder.Services.AddHttpClient<TwilioHttp>().AddOutgoingResilience();
        builder.Services.AddSingleton<Func<TwilioHttp>>(services => services.GetRequiredService<TwilioHttp>);
        builder.Services.AddHttpClient<OnceHttp>(http => http.Timeout = TimeSpan.FromSeconds(10));
        builder.Services.AddScoped<DialTwilio>();
        builder.Services.AddScoped<TwilioBook>();
        builder.Services.AddSingleton<TwilioNumbers>();
        builder.Services.AddScoped<TwilioNumberBook>();
        builder.Services.AddHostedService<AskTwilio>();
        builder.Services.AddHostedService<AskPrice>();
        builder.Services.AddScoped<VerifyCredential>();
    }

    public static void MapTwilio(this WebApplication app) => app.MapGrpcService<CredentialChecksGrpcService>();
}
