using System.Runtime.InteropServices;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Wire = Rapida.Conversations.V1;

namespace Rapida.MediaRelay.Journal;

/// <summary>
/// All that a session decides from, in its order: enough to decide again without a caller, a carrier or an engine. Noted without allocation, and made
/// into a message once a second.
/// </summary>
internal sealed class InputTape(Action<Wire.SessionInputs> onBatch)
{
    // A second.
    private const int MostFrames = 50;

    // A message that Recording takes, whatever comes between two frames: a larger one would be refused, and sent again for ever.
    private const int MostInputs = 500;

    // The bits of a mask.
    private const int LongestRun = 64;

    private readonly List<NotedInput> _noted = new(MostFrames);
    private string _words = "";
    private long _first;
    private int _frames;

    public void Begin(string settingsJson) => Note(new NotedInput { Kind = NotedKind.Settings, Text = settingsJson });

    /// <summary>Of a frame that was heard only <see cref="Perceived"/> counts.</summary>
    public void Took(in SessionInput input)
    {
        switch (input.Kind)
        {
            case InputKind.Event:
                Note(new NotedInput { Kind = NotedKind.Event, Event = input.Event });
                break;
            case InputKind.Returned:
                Note(new NotedInput { Kind = NotedKind.Returned, Mark = input.Mark });
                break;
            case InputKind.Sent:
                Sent(input.Frame);
                break;
            case InputKind.Marked:
                Note(new NotedInput { Kind = NotedKind.Marked, Mark = input.Mark, Turn = input.Frame.Turn });
                break;
            case InputKind.Cleared:
                Note(new NotedInput { Kind = NotedKind.Cleared, Mark = input.Mark });
                break;
        }
    }

    public void Perceived(in Perception perception)
    {
        if (perception.Words != _words)
            Note(new NotedInput { Kind = NotedKind.Words, Text = _words = perception.Words });
        if (!GoesOn(NotedKind.Heard, sentence: null, isRepeat: false, perception.IsVoice))
            Note(new NotedInput { Kind = NotedKind.Heard, Count = 1, Bits = perception.IsVoice ? 1u : 0 });
        if (++_frames >= MostFrames)
            Flush();
    }

    /// <summary>Passes on what there is.</summary>
    public void Flush()
    {
        if (_noted.Count == 0)
            return;

        var inputs = new Wire.SessionInputs { First = _first };
        foreach (var noted in _noted)
            inputs.Inputs.Add(noted.ToWire());
        (_first, _frames) = (_first + _noted.Count, 0);
        _noted.Clear();
        onBatch(inputs);
    }

    private void Sent(in SpeechFrame frame)
    {
        if (!GoesOn(NotedKind.Sent, frame.Sentence, frame.IsRepeat, frame.IsAudible))
            Note(new NotedInput { Kind = NotedKind.Sent, Sentence = frame.Sentence, IsRepeat = frame.IsRepeat, Count = 1, Bits = frame.IsAudible ? 1u : 0 });
    }

    /// <summary>Whether the frame could be added to the run of frames that was noted last.</summary>
    private bool GoesOn(NotedKind kind, Sentence? sentence, bool isRepeat, bool bit)
    {
        if (_noted.Count == 0)
            return false;
        ref var last = ref CollectionsMarshal.AsSpan(_noted)[^1];
        if (last.Kind != kind || last.Sentence != sentence || last.IsRepeat != isRepeat || last.Count == LongestRun)
            return false;

        last.Bits |= (bit ? 1ul : 0) << last.Count++;
        return true;
    }

    private void Note(in NotedInput input)
    {
        if (_noted.Count >= MostInputs)
            Flush();
        _noted.Add(input);
    }
}
