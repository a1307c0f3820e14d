using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator;

/// <summary>What this Twilio knows at start, and how it behaves where Twilio's documentation leaves a choice.</summary>
internal sealed class EmulatorOptions
{
    public const string Section = "Emulator";

    [ValidateEnumeratedItems] public List<AccountOptions> Accounts { get; } = [];

    /// <summary>Twilio connects media streams to <c>wss</c> only. With this switch <c>ws</c> is taken too, on loopback.</summary>
    public bool AllowInsecureStreams { get; set; }

    /// <summary>Signs the upgrade of a media stream over its URL with a slash appended, which Twilio documents as possible.</summary>
    public bool SignStreamsWithTrailingSlash { get; set; }

    /// <summary>Whether <c>&lt;Connect action&gt;</c> is requested when its stream ends. Not documented for streams.</summary>
    public bool ConnectActionIsCalled { get; set; } = true;

    /// <summary>What follows a stream that was refused, or broke off without a WebSocket close of 1000. Not documented.</summary>
    public AbnormalClose AbnormalClose { get; set; } = AbnormalClose.AsNormal;

    /// <summary>How many calls an account may place through REST in a second. The others wait in the queue; null: nobody waits.</summary>
    [Range(0.01, 10_000)] public double? CallsPerSecond { get; set; }

    /// <summary>How many REST requests of an account are served at once. The next is refused with 429 and 20429; null: there is no limit.</summary>
    [Range(1, 10_000)] public int? ConcurrentRequests { get; set; }

    /// <summary>Calls that are over and still shown. Beyond them the oldest is forgotten, by REST and by the reports.</summary>
    [Range(1, 100_000)] public int FinishedCallsKept { get; set; } = 5_000;

    /// <summary>What whoever is called says, unless they were described: a WAV file. Null, or no such file: nothing.</summary>
    public string? CalleeWav { get; set; }

    /// <summary>Who answers otherwise than others, from the start on.</summary>
    [ValidateEnumeratedItems] public List<CalleeOptions> Callees { get; } = [];

    /// <summary>Keeps what was set of numbers through REST from one run to the next; null: it is forgotten.</summary>
    public string? NumbersFile { get; set; }

    /// <summary>Where the two tracks of every call are written as WAV files; relative to the working directory.</summary>
    [Required] public string CallsFolder { get; set; } = ".data/emulator/calls";
}

/// <summary>An account, or a subaccount when <see cref="OwnerSid"/> names another.</summary>
internal sealed class AccountOptions
{
    [Required, RegularExpression("^AC[0-9a-fA-F]{32}$")] public string Sid { get; set; } = "";
    [Required] public string AuthToken { get; set; } = "";
    public string FriendlyName { get; set; } = "Emulated account";
    [RegularExpression("^AC[0-9a-fA-F]{32}$")] public string? OwnerSid { get; set; }
    [ValidateEnumeratedItems] public List<NumberOptions> Numbers { get; } = [];

    /// <summary>More numbers of the account in E.164, which call and whose calls go nowhere.</summary>
    public List<string> OwnedNumbers { get; } = [];

    [ValidateEnumeratedItems] public List<ApiKeyOptions> ApiKeys { get; } = [];
}

/// <summary>A standard API key: opens all of its account's REST API but the account itself, and signs nothing.</summary>
internal sealed class ApiKeyOptions
{
    [Required, RegularExpression("^SK[0-9a-fA-F]{32}$")] public string Sid { get; set; } = "";
    [Required] public string Secret { get; set; } = "";
}

/// <summary>An incoming number and where its calls go, as in Twilio's console.</summary>
internal sealed class NumberOptions
{
    [RegularExpression("^PN[0-9a-fA-F]{32}$")] public string? Sid { get; set; }
    [Required, RegularExpression(@"^\+[1-9]\d{1,14}$")] public string PhoneNumber { get; set; } = "";
    public string? FriendlyName { get; set; }
    public string? VoiceUrl { get; set; }
    [AllowedValues("GET", "POST")] public string VoiceMethod { get; set; } = "POST";
    public string? VoiceFallbackUrl { get; set; }
    [AllowedValues("GET", "POST")] public string VoiceFallbackMethod { get; set; } = "POST";
    public string? StatusCallback { get; set; }
    [AllowedValues("GET", "POST")] public string StatusCallbackMethod { get; set; } = "POST";
}

/// <summary>Somebody who can be called: what comes of it, and who answers.</summary>
internal sealed class CalleeOptions
{
    [Required, RegularExpression(@"^\+[1-9]\d{1,14}$")] public string PhoneNumber { get; set; } = "";
    public CalleeOutcome Outcome { get; set; } = CalleeOutcome.Answered;
    public AnsweredBy AnsweredBy { get; set; } = AnsweredBy.Human;
}

[OptionsValidator]
internal sealed partial class EmulatorOptionsValidator : IValidateOptions<EmulatorOptions>;
