using Microsoft.Extensions.Options;

namespace Rapida.MediaRelay.Settings;

internal static class SettingsRegistration
{
    /// <summary>Options are checked when the relay starts: it is better not to start than to fail callers.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateOnStart();
        builder.Services.AddOptions<RelayOptions>().BindConfiguration(RelayOptions.Section).ValidateOnStart();
        builder.Services.AddOptions<TurnTakingOptions>().BindConfiguration(TurnTakingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<TurnTakingOptions>, TurnTakingOptionsValidator>();
    }
}
