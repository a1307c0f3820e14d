using Rapida.Media.V1;
using Rapida.Speech;

namespace Rapida.MediaRelay.Settings;

/// <summary>A conversation that goes on in another stream.</summary>
/// <param name="Note">For the model: why it was interrupted, and what became of that.</param>
/// <param name="History">What was said before; empty when nobody could tell.</param>
internal sealed record Resumption(string Note, IReadOnlyList<ChatMessage> History)
{
    public static Resumption? Parse(ReturnedFrom? returned) => returned?.Intent switch
    {
        null or LeaveIntent.Unspecified => null,
        LeaveIntent.Transfer => new($"The transfer did not succeed: {Outcome(returned.Outcome)} The caller is here again. Tell him, and go on.", []),
        LeaveIntent.Digits => new("The keys have been pressed. Go on.", []),
        _ => new("The line was silent for a moment, and the caller is here again. Go on.", []),
    };

    // Twilio's DialCallStatus.
    private static string Outcome(string status) => status switch
    {
        "busy" => "the line is busy.",
        "no-answer" => "nobody answers.",
        _ => "the number could not be reached.",
    };
}
