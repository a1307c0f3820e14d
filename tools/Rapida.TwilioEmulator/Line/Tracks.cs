using System.Buffers;
using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>Both directions as they were at the caller's ear and mouth, byte for byte, from the moment the line opened.</summary>
internal sealed class Tracks
{
    private readonly Lock _lock = new();
    private ArrayBufferWriter<byte> _caller = new();
    private ArrayBufferWriter<byte> _heard = new();

    public void Add(ReadOnlySpan<byte> said, ReadOnlySpan<byte> heard)
    {
        lock (_lock)
        {
            _caller.Write(said);
            _heard.Write(heard);
        }
    }

    /// <summary>Moves all of it into 16-bit mono WAV files at 8 kHz.</summary>
    public void MoveTo(string callerPath, string heardPath)
    {
        lock (_lock)
        {
            Write(_caller, callerPath);
            Write(_heard, heardPath);
            (_caller, _heard) = (new(), new());
        }
    }

    private static void Write(ArrayBufferWriter<byte> track, string path)
    {
        var samples = new short[track.WrittenCount];
        Mulaw.Decode(track.WrittenSpan, samples);
        WavFile.Write(path, new WavAudio(8000, 1, samples));
    }
}
