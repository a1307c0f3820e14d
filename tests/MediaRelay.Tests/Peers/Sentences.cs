using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Tests.Peers;

internal static class Sentences
{
    /// <summary>The assistant says something more in this turn.</summary>
    public static Sentence Begin(this AssistantTurn turn, string text)
    {
        var sentence = new Sentence(turn, text);
        turn.Add(sentence);
        return sentence;
    }
}
