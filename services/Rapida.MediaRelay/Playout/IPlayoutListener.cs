namespace Rapida.MediaRelay.Playout;

/// <summary>Is told what goes out to the caller, in the order in which it does and before it does.</summary>
internal interface IPlayoutListener
{
    /// <summary>20 ms of speech.</summary>
    void Sent(in SpeechFrame frame);

    /// <summary>A mark behind what was sent so far.</summary>
    /// <param name="mark">Comes back when that has been played.</param>
    /// <param name="ended">The turn that ends here.</param>
    void Marked(Mark mark, AssistantTurn? ended);

    /// <summary>What was sent is void.</summary>
    /// <param name="barrier">Goes out just before the clear and comes back at once: where it comes back, the caller stopped hearing.</param>
    void Cleared(Mark barrier);
}
