using Microsoft.Extensions.Options;
using Rapida.Audio;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

internal static class PipelineRegistration
{
    public static void AddPipeline(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => SpeechProviders.Local());
        builder.Services.AddSingleton<FixedPrompts>();
        builder.Services.AddSingleton(services => new VoiceActivityDetectors(services.GetRequiredService<IOptions<RelayOptions>>().Value.VoiceDetector));
        builder.Services.AddSingleton<Engines>();
        builder.Services.AddHostedService<TellMissingEngines>();
        builder.Services.AddSingleton<WarmUpEngines>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WarmUpEngines>());
        builder.Services.AddHealthChecks().AddCheck<WarmUpEngines>("engines");
    }
}
