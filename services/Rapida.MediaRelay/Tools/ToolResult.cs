using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Tools;

/// <summary>What became of a tool's call.</summary>
/// <param name="Succeeded">It did what it is for.</param>
/// <param name="Text">For the model.</param>
/// <param name="Departure">How the session is left when what was said before has been heard; null: the model answers again.</param>
internal sealed record ToolResult(bool Succeeded, string Text, Departure? Departure = null)
{
    /// <param name="sentence">Says what is wrong, so that the model can mend it or tell the caller.</param>
    public static ToolResult Failed(string sentence) => new(Succeeded: false, sentence);

    public static ToolResult Leaves(Departure departure) =>
        new(Succeeded: true, "This happens when the caller has heard what was said before it, unless he interrupts.", departure);
}
