using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rapida.Audio;

/// <summary>
/// Writes a 16-bit PCM WAV file while the sound is still being made. The header is written first and corrected by <see cref="Dispose"/>; on a stream
/// that can't seek it stays as players expect of a live stream: the longest possible file.
/// </summary>
/// <remarks>Closes the stream, unless <c>leaveOpen</c>. Not thread-safe.</remarks>
public sealed class WavWriter : IDisposable
{
    /// <summary>Bytes before the first sample.</summary>
    public const int HeaderLength = 44;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly int _sampleRate;
    private readonly int _channels;
    private readonly long _start;
    private bool _disposed;

    public WavWriter(Stream stream, int sampleRate, int channels, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _sampleRate = sampleRate;
        _channels = channels;
        _start = stream.CanSeek ? stream.Position : 0;
        WriteHeader(uint.MaxValue - HeaderLength);
    }

    /// <summary>Samples of each channel written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Writes samples; those of two channels alternate, left first.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        _stream.Write(MemoryMarshal.AsBytes(samples));
        Frames += samples.Length / _channels;
    }

    /// <summary>The header of a recording whose length is known, or will be corrected.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="sampleRate">Samples per second and channel.</param>
    /// <param name="channels">1 or 2.</param>
    /// <param name="dataBytes">Bytes of sound that follow.</param>
    public static void FillHeader(Span<byte> header, int sampleRate, int channels, uint dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataBytes + HeaderLength - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataBytes);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;

        if (_stream.CanSeek)
        {
            _stream.Position = _start;
            WriteHeader((uint)(Frames * _channels * 2));
            _stream.Seek(0, SeekOrigin.End);
        }

        if (_leaveOpen)
            _stream.Flush();
        else
            _stream.Dispose();
    }

    private void WriteHeader(uint dataBytes)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        FillHeader(header, _sampleRate, _channels, dataBytes);
        _stream.Write(header);
    }
}
