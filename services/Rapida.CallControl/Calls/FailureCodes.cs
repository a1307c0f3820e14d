using System.Collections.Frozen;

namespace Rapida.CallControl.Calls;

/// <summary>Why a call could not be held, as its row, its outcome and the tenant's diagnostics say.</summary>
internal static class FailureCodes
{
    public const string StreamNeverStarted = "stream_never_started";
    public const string StreamLost = "stream_lost";

    /// <summary>The project holds as many calls as it may.</summary>
    public const string NoPlace = "too_many_calls";

    /// <summary>Too many of the project's calls have begun within a moment.</summary>
    public const string TooFast = "too_many_calls_per_second";

    /// <summary>It waited to be dialled for longer than it may.</summary>
    public const string QueueExpired = "queue_expired";

    /// <summary>The same, while we dialled nobody: dialling was paused, or Redis, which counts the places, was away.</summary>
    public const string DiallingStopped = "dialling_stopped";

    /// <summary>Twilio was asked for it, did not say what became of it, and has no such call.</summary>
    public const string NeverPlaced = "never_placed";

    public const string CredentialGone = "credential_deleted";
    public const string CredentialRefused = "credential_refused";
    public const string AccountInactive = "account_inactive";
    public const string ToNumberInvalid = "to_number_invalid";
    public const string ToNumberBlocked = "to_number_blocked";
    public const string ToNumberUnverified = "to_number_unverified";
    public const string CountryNotEnabled = "country_not_enabled";
    public const string FromNumberNotOwned = "from_number_not_owned";

    /// <summary>Twilio refuses it for a reason that is none of these: the call has Twilio's code.</summary>
    public const string CarrierRefused = "carrier_refused";

    private const string MissingPrefix = "missing_";

    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        [StreamNeverStarted] = "The carrier did not connect the media stream.",
        [StreamLost] = "The media stream broke off.",
        [NoPlace] = "The project held as many calls as it may.",
        [TooFast] = "Too many of the project's calls began at once.",
        [QueueExpired] = "It could not be dialled in time: the project or the number held as many calls as it may, or the carrier was busy.",
        [DiallingStopped] = "It could not be dialled in time: no calls were being placed.",
        [NeverPlaced] = "The carrier did not say what became of it, and has no such call.",
        [CredentialGone] = "The Twilio credential was deleted.",
        [CredentialRefused] = "Twilio does not take the credential: verify it.",
        [AccountInactive] = "The Twilio account is not active.",
        [ToNumberInvalid] = "The called number does not exist, or cannot be called.",
        [ToNumberBlocked] = "Twilio blocks calls to this number.",
        [ToNumberUnverified] = "A Twilio trial account calls verified numbers only.",
        [CountryNotEnabled] = "The Twilio account may not call this country: allow it in Twilio's console.",
        [FromNumberNotOwned] = "The number that should be shown is not one of the Twilio account.",
        [CarrierRefused] = "Twilio refused the call.",
    }.ToFrozenDictionary();

    // The others are the carrier's or ours.
    private static readonly FrozenSet<string> OfTenants = new[]
    {
        NoPlace, TooFast, QueueExpired, CredentialGone, CredentialRefused, AccountInactive, ToNumberInvalid, ToNumberBlocked, ToNumberUnverified,
        CountryNotEnabled, FromNumberNotOwned,
    }.ToFrozenSet();

    /// <summary>The assistant or its deployment lacks something: <c>missing_version</c>.</summary>
    public static string Missing(string what) => MissingPrefix + what;

    /// <summary>The call was not even answered: it found no room.</summary>
    public static bool IsWantOfRoom(string? code) => code is NoPlace or TooFast;

    /// <summary>Whether the tenant can set it right.</summary>
    public static bool IsTenants(string code) => OfTenants.Contains(code) || code.StartsWith(MissingPrefix, StringComparison.Ordinal);

    /// <summary>A sentence for people.</summary>
    public static string Sentence(string code) => Sentences.TryGetValue(code, out var sentence)
        ? sentence
        : $"The assistant or its phone deployment lacks {code[MissingPrefix.Length..]}.";
}
