using Rapida.Audio;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Caller;

/// <summary>A person who speaks, listens, waits and hangs up: the same sounds give the same call.</summary>
internal sealed class SimulatedCaller(CallerScript script, CallerManners manners) : ICaller
{
    // Soft beginnings and endings of words lie outside the measured speech.
    private const int PadFrames = 5;

    private readonly bool _playsStraight = manners.Mode == CallerMode.Timed || script.IsNoise;
    private volatile bool _begun;
    private int _age;
    private int _said;
    private int _position = -1;
    private int _waited;
    private int _quiet;
    private bool _answered;
    private bool _playedStraight;

    public bool HangsUp { get; private set; }

    public void Begin() => _begun = true;

    public bool Speak(Span<byte> frame, bool farEndSpeaks)
    {
        frame.Fill(Mulaw.Silence);
        HangsUp |= ++_age >= Frames(manners.HangUpAfter);
        if (!_begun)
            return false;
        if (_playsStraight && !_playedStraight && _position < 0 && script.Frames > 0)
            _position = 0;
        if (_position < 0)
            Listen(farEndSpeaks);
        return _position >= 0 && Say(frame);
    }

    private void Listen(bool farEndSpeaks)
    {
        _waited++;
        _answered |= farEndSpeaks;
        _quiet = farEndSpeaks ? 0 : _quiet + 1;
        var canTakeTurn = _answered && _quiet >= Frames(manners.Quiet);

        if (script.Pieces.Count == 0)
            HangsUp |= _waited >= Frames(manners.SilentStay);
        else if (_said == script.Pieces.Count)
            HangsUp |= _waited >= Frames(manners.FarewellWait) && _quiet >= Frames(manners.Quiet);
        else if (canTakeTurn || (!_answered && _waited >= Frames(_said == 0 ? manners.GreetingWait : manners.AnswerWait)))
            _position = Math.Max(script.Pieces[_said].Start - PadFrames, 0);
    }

    private bool Say(Span<byte> frame)
    {
        script.FrameAt(_position).CopyTo(frame);
        var speaks = script.Pieces.Any(p => p.Start <= _position && _position < p.End);
        _position++;

        var end = _playsStraight ? script.Frames : Math.Min(script.Pieces[_said].End + PadFrames, script.Frames);
        if (_position >= end)
        {
            _playedStraight = _playsStraight;
            _said = _playsStraight ? script.Pieces.Count : _said + 1;
            (_position, _waited, _quiet, _answered) = (-1, 0, 0, false);
        }
        return speaks;
    }

    private static int Frames(TimeSpan? time) => time is { } value ? Frame.Count(value) : int.MaxValue;
}
