using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

internal static class PipelineRegistration
{
    public static void AddPipeline(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => SpeechProviders.Local());
        builder.Services.AddHostedService<TellMissingEngines>();
    }
}
