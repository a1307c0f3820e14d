using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Rapida.Deployments.V1;
using Rapida.Media.V1;
using Rapida.Speech;

namespace Rapida.MediaRelay.Settings;

/// <summary>What this call is to be like: frozen when it was answered.</summary>
internal sealed record CallSettings
{
    public required string AssistantId { get; init; }

    public int AssistantVersion { get; init; }

    public string Prompt { get; init; } = "";

    public required ProviderSettings LanguageModel { get; init; }

    public required ProviderSettings SpeechToText { get; init; }

    public required ProviderSettings TextToSpeech { get; init; }

    /// <summary>Values for <c>{{variables}}</c>.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Empty: the assistant thinks of its own first words.</summary>
    public string Greeting { get; init; } = "";

    public bool GreetingInterruptible { get; init; } = true;

    /// <summary>Empty: nothing is said when an error ends the call.</summary>
    public string ErrorMessage { get; init; } = "";

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public string IdleMessage { get; init; } = "Are you there?";

    /// <summary>Prompts before the caller is given up; 0 hangs up at the first expiry.</summary>
    public int IdleRetries { get; init; } = 2;

    /// <summary>What is left of the call's maximum duration.</summary>
    public TimeSpan Remaining { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Addresses that the model may have called.</summary>
    public IReadOnlyList<HttpToolSettings> Tools { get; init; } = [];

    /// <summary>Whom the caller may be connected with: E.164 numbers by name.</summary>
    public IReadOnlyDictionary<string, string> TransferTargets { get; init; } = new Dictionary<string, string>();

    /// <summary>The model may press keys.</summary>
    public bool SendKeys { get; init; }

    /// <summary>Null: the call begins.</summary>
    public Resumption? Resumption { get; init; }

    public static CallSettings Parse(SessionSettings settings)
    {
        var experience = settings.Experience ?? new Experience { GreetingInterruptible = true, IdleRetries = 2 };
        var arguments = settings.Arguments.ToDictionary();
        return new CallSettings
        {
            AssistantId = settings.AssistantId,
            AssistantVersion = settings.AssistantVersion,
            Prompt = settings.Prompt,
            LanguageModel = ProviderSettings.Parse(settings.LanguageModel),
            SpeechToText = ProviderSettings.Parse(settings.SpeechToText),
            TextToSpeech = ProviderSettings.Parse(settings.TextToSpeech),
            Arguments = arguments,
            Greeting = Variables.Fill(experience.Greeting, arguments),
            GreetingInterruptible = experience.GreetingInterruptible,
            ErrorMessage = Variables.Fill(experience.ErrorMessage, arguments),
            IdleTimeout = experience.IdleTimeout?.ToTimeSpan() ?? TimeSpan.FromSeconds(30),
            IdleMessage = experience.IdleMessage.Length > 0 ? Variables.Fill(experience.IdleMessage, arguments) : "Are you there?",
            IdleRetries = experience.IdleRetries,
            Tools = [.. settings.Tools.Select(HttpToolSettings.Parse)],
            TransferTargets = settings.TransferTargets.ToDictionary(),
            SendKeys = settings.SendKeys,
            Resumption = Resumption.Parse(settings.ReturnedFrom),
            Remaining = settings.Remaining?.ToTimeSpan() ?? experience.MaxDuration?.ToTimeSpan() ?? TimeSpan.FromMinutes(5),
        };
    }
}

/// <summary>One provider of this call.</summary>
/// <param name="Name">As in <see cref="SpeechProviders"/>.</param>
/// <param name="Options">What the tenant chose.</param>
internal sealed record ProviderSettings(string Name, IReadOnlyDictionary<string, string> Options)
{
    public SpeechSettings ToSpeechSettings() => new(Options);

    public static ProviderSettings Parse(Provider? provider) =>
        new(provider?.Name ?? "", (provider?.Options ?? new MapField<string, string>()).ToDictionary());
}

/// <summary><c>{{name}}</c> in what an assistant says.</summary>
internal static partial class Variables
{
    /// <summary>A variable without a value is left out.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    [GeneratedRegex(@"\{\{\s*([\w.-]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
