using System.ComponentModel.DataAnnotations;
using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Somebody dials a number. Only <see cref="To"/> is needed; a caller without a recording never speaks.</summary>
internal sealed record PlaceCallRequest
{
    public string From { get; init; } = "+13125550123";

    /// <summary>A number of this Twilio.</summary>
    [Required] public string To { get; init; } = "";

    /// <summary>The account that holds the number; only needed when two do.</summary>
    public string? Account { get; init; }

    /// <summary>A WAV file on this machine: what the caller says.</summary>
    public string? Wav { get; init; }

    /// <summary>The same, as the file's bytes in base64.</summary>
    public byte[]? WavBytes { get; init; }

    /// <summary>Null: the line returns nothing of what is heard.</summary>
    public EchoRequest? Echo { get; init; }

    /// <summary>Who can be dialled during this call, by number in E.164. All others do not answer.</summary>
    public IReadOnlyDictionary<string, PersonRequest> People { get; init; } = new Dictionary<string, PersonRequest>();

    public CallerMode Mode { get; init; } = CallerMode.Turns;

    /// <summary>What a caller of mode score says and when, in this order.</summary>
    public IReadOnlyList<CueRequest> Cues { get; init; } = [];

    public int? QuietMs { get; init; }
    public int? GreetingWaitMs { get; init; }
    public int? AnswerWaitMs { get; init; }
    public int? FarewellWaitMs { get; init; }
    public int? SilentStayMs { get; init; }

    /// <summary>The caller hangs up this long after the line opened.</summary>
    public int? HangupAfterMs { get; init; }

    public bool? ConnectActionIsCalled { get; init; }
    public AbnormalClose? AbnormalClose { get; init; }
    public bool? SignStreamsWithTrailingSlash { get; init; }

    /// <exception cref="InvalidCallException">Something that was asked for cannot be had.</exception>
    public InboundCall ToCall(EmulatorOptions options) =>
        new(From, Caller(), Behaviour(options))
        {
            Echo = Echo?.ToEcho(),
            People = People.ToDictionary(p => p.Key, p => p.Value.ToPerson(), StringComparer.Ordinal),
        };

    private ICaller Caller()
    {
        if (Mode == CallerMode.Score != Cues.Count > 0)
            throw new InvalidCallException("invalid_cue", "Cues are for a caller of mode score, who has at least one.");
        return Mode == CallerMode.Score
            ? new ScoredCaller([.. Cues.Select(c => c.ToCue())], Manners())
            : new SimulatedCaller(Recording.Read(Wav, WavBytes) ?? CallerScript.Silent, Manners());
    }

    private CallerManners Manners()
    {
        var usual = new CallerManners();
        return usual with
        {
            Mode = Mode,
            Quiet = Time(QuietMs) ?? usual.Quiet,
            GreetingWait = Time(GreetingWaitMs) ?? usual.GreetingWait,
            AnswerWait = Time(AnswerWaitMs) ?? usual.AnswerWait,
            FarewellWait = Time(FarewellWaitMs) ?? usual.FarewellWait,
            SilentStay = Time(SilentStayMs) ?? usual.SilentStay,
            HangUpAfter = Time(HangupAfterMs),
        };
    }

    private CarrierBehaviour Behaviour(EmulatorOptions options)
    {
        var usual = CarrierBehaviour.From(options);
        return new CarrierBehaviour(
            ConnectActionIsCalled ?? usual.ConnectActionIsCalled,
            AbnormalClose ?? usual.AbnormalClose,
            SignStreamsWithTrailingSlash ?? usual.SignStreamsWithTrailingSlash);
    }

    private static TimeSpan? Time(int? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
