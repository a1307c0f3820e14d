using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>What a telephone returns of the voice that comes out of it: later and softer, mixed into what its owner says.</summary>
/// <remarks>Talker echo, in the words of ITU-T G.131. The delay is that of the whole way there and back.</remarks>
internal sealed class Echo
{
    public const int ShortestMs = 80;
    public const int LongestMs = 300;
    public const int LeastLossDb = 10;
    public const int MostLossDb = 30;

    private readonly short[] _underWay;
    private readonly float _gain;
    private int _next;

    public Echo(int delayMs, double lossDb)
    {
        _underWay = new short[delayMs * 8];
        _gain = (float)Math.Pow(10, -lossDb / 20);
    }

    /// <summary>Takes a frame as it is heard, and adds to the frame said in the same 20 ms what comes back now.</summary>
    public void AddTo(Span<byte> said, ReadOnlySpan<byte> heard)
    {
        for (var i = 0; i < said.Length; i++)
        {
            var returned = (int)MathF.Round(_underWay[_next] * _gain);
            _underWay[_next] = Mulaw.Decode(heard[i]);
            _next = (_next + 1) % _underWay.Length;
            // Where nothing comes back, the caller's byte stays as it is: mu-law has two zeros.
            if (returned != 0)
                said[i] = Mulaw.Encode((short)Math.Clamp(Mulaw.Decode(said[i]) + returned, short.MinValue, short.MaxValue));
        }
    }
}
