using System.Text.Json;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>Who or what answers, as Twilio's machine detection tells it in the end.</summary>
internal enum AnsweredBy
{
    Human,
    MachineStart,
    MachineEndBeep,
    Fax,
    Unknown,
}

internal static class AnsweredByNames
{
    /// <summary>Twilio's spelling: <c>machine_end_beep</c>.</summary>
    public static string Wire(this AnsweredBy answeredBy) => JsonNamingPolicy.SnakeCaseLower.ConvertName(answeredBy.ToString());
}
