using Rapida.Deployments.V1;
using Rapida.Media.V1;

namespace Rapida.CallControl.Media;

/// <summary>What an assistant was when a call began: later changes are for later calls.</summary>
internal static class FreezeSettings
{
    public static SessionSettings Of(ResolvePhoneCallResponse deployment) => new()
    {
        AssistantId = deployment.Assistant.Id,
        AssistantVersion = deployment.Version.Version,
        Prompt = deployment.Version.Prompt,
        LanguageModel = deployment.Version.LanguageModel,
        SpeechToText = deployment.Phone.SpeechToText,
        TextToSpeech = deployment.Phone.TextToSpeech,
        Experience = deployment.Phone.Experience,
        Tools = { deployment.Version.Tools.Select(WithoutValues) },
        TransferTargets = { deployment.Phone.TransferTargets },
        SendKeys = deployment.Phone.SendKeys,
    };

    // A Deployments of an older version tells the values of headers: they are not written down here.
    private static HttpTool WithoutValues(HttpTool tool)
    {
        var kept = tool.Clone();
        kept.Headers.Clear();
        return kept;
    }
}
