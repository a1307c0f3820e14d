namespace Rapida.MediaRelay.Playout;

/// <summary>A piece of what the assistant says, with how much of it has been heard.</summary>
internal sealed class Sentence(AssistantTurn turn, string text)
{
    private int _samples;
    private int _heard;
    private bool _isComplete;

    public AssistantTurn Turn => turn;

    public string Text => text;

    /// <summary>Its place in the turn, from 1; 0 until the turn has it.</summary>
    public int Number { get; set; }

    /// <summary>All of it has been heard.</summary>
    public bool WasHeard => _isComplete && _heard >= _samples;

    /// <summary>Synthesis has given so much more.</summary>
    public void Grow(int samples) => _samples += samples;

    /// <summary>Synthesis will give no more.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>The caller has heard so much more.</summary>
    public void Heard(int samples) => _heard += samples;

    /// <summary>The words that were heard: a word that was cut off does not count.</summary>
    public string HeardText()
    {
        if (WasHeard || _samples == 0)
            return WasHeard ? text : "";

        var characters = (int)((long)text.Length * Math.Min(_heard, _samples) / _samples);
        var end = characters >= text.Length ? text.Length : text.LastIndexOf(' ', characters);
        return end <= 0 ? "" : text[..end].TrimEnd();
    }
}
