using Twilio.Rest.Api.V2010.Account;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>A number in Twilio's book. A class and not a record: it holds a number and keys, and a record prints itself.</summary>
internal sealed class NumberEntry
{
    private NumberEntry()
    {
    }

    public required string Sid { get; init; }

    public required string Number { get; init; }

    public required string? FriendlyName { get; init; }

    /// <summary>Null: its calls go nowhere. May hold a key, ours or somebody else's.</summary>
    public required string? VoiceUrl { get; init; }

    public required string? VoiceMethod { get; init; }

    /// <summary>May hold a key, too.</summary>
    public required string? StatusCallback { get; init; }

    public required string? StatusCallbackMethod { get; init; }

    /// <summary>What makes Twilio ignore the voice URL without a word, by the names of its API.</summary>
    public required IReadOnlyList<string> InTheWay { get; init; }

    public static NumberEntry Of(IncomingPhoneNumberResource number) => new()
    {
        Sid = number.Sid,
        Number = number.PhoneNumber.ToString(),
        FriendlyName = number.FriendlyName,
        VoiceUrl = Text(number.VoiceUrl?.OriginalString),
        VoiceMethod = Text(number.VoiceMethod?.ToString()),
        StatusCallback = Text(number.StatusCallback?.OriginalString),
        StatusCallbackMethod = Text(number.StatusCallbackMethod?.ToString()),
        InTheWay =
        [
            .. new[] { ("voice_application_sid", number.VoiceApplicationSid), ("trunk_sid", number.TrunkSid) }
                .Where(route => Text(route.Item2) is not null).Select(route => route.Item1),
        ],
    };

    // Twilio says "" as well as null for what is not set.
    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Where a number's calls shall go, and what becomes of them be told.</summary>
internal sealed class NumberTarget(Uri voiceUrl, Uri statusCallback)
{
    public Uri VoiceUrl => voiceUrl;

    public Uri StatusCallback => statusCallback;
}
