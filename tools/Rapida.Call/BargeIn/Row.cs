using System.Globalization;

namespace Rapida.Call.BargeIn;

/// <summary>What the assistant did with one sound over one line, as the emulated Twilio heard it.</summary>
internal sealed record Row(LineEcho? Echo, Interruption Interruption, EmulatedCall.Cue Cue)
{
    public bool IsRight => Cue is { StartMs: not null, WasSpeaking: true } && Cue.SilencedAfterMs is not null == Interruption.ShouldStop;

    private string Did => Cue switch
    {
        { StartMs: null } => "never spoke",
        { WasSpeaking: false } => "had fallen silent before",
        { SilencedAfterMs: { } silenced, SpokeAgainAfterMs: { } spoke } => $"stopped after {silenced} ms, spoke again after {spoke} ms",
        { SilencedAfterMs: { } silenced } => $"stopped after {silenced} ms",
        { Resumed: true } => $"paused for {Cue.LongestPauseMs} ms and resumed",
        _ => "went on",
    };

    public static string NameOf(LineEcho? echo) =>
        echo is null ? "no echo" : string.Create(CultureInfo.InvariantCulture, $"echo {echo.DelayMs} ms, {echo.LossDb} dB");

    public override string ToString() =>
        $"{NameOf(Echo),-20}{Interruption.Name,-8}{Did,-52}{(Interruption.ShouldStop ? "stops" : "goes on"),-12}"
        + (IsRight ? "as expected" : "NOT AS EXPECTED");
}
