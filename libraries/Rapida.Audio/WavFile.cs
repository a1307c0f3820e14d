using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rapida.Audio;

/// <summary>Reads and writes WAV (RIFF) files: 16-bit PCM, and mu-law when reading; one or two channels.</summary>
public static class WavFile
{
    private const ushort Pcm = 1;
    private const ushort MulawFormat = 7;
    private const ushort Extensible = 0xFFFE;

    /// <inheritdoc cref="Read(Stream)"/>
    public static WavAudio Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads a whole recording.</summary>
    /// <exception cref="InvalidDataException">It is no WAV file, or of another encoding than 16-bit PCM and mu-law.</exception>
    public static WavAudio Read(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Parse(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    /// <summary>Writes a whole recording as 16-bit PCM.</summary>
    public static void Write(string path, WavAudio audio)
    {
        using var file = File.Create(path);
        using var writer = new WavWriter(file, audio.SampleRate, audio.Channels);
        writer.Write(audio.Samples.Span);
    }

    private static WavAudio Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
            throw new InvalidDataException("Not a WAV file.");

        Format? format = null;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var id = rest[..4];
            // A recording that was cut off, or streamed, promises more than there is.
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)rest.Length - 8);
            var body = rest.Slice(8, length);
            if (id.SequenceEqual("fmt "u8))
                format = Format.Parse(body);
            else if (id.SequenceEqual("data"u8))
                return (format ?? throw new InvalidDataException("The WAV file has its data before its format.")).Decode(body);
            rest = rest[Math.Min(8 + length + length % 2, rest.Length)..];
        }

        throw new InvalidDataException("The WAV file has no data.");
    }

    private readonly record struct Format(ushort Encoding, int Channels, int SampleRate, int Bits)
    {
        public static Format Parse(ReadOnlySpan<byte> chunk)
        {
            if (chunk.Length < 16)
                throw new InvalidDataException("The WAV file's format is cut off.");

            var encoding = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
            // The first two bytes of an extensible format's GUID are the plain format's number.
            if (encoding == Extensible && chunk.Length >= 26)
                encoding = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);

            var format = new Format(
                encoding,
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]),
                BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
            return format is (Pcm, 1 or 2, > 0, 16) or (MulawFormat, 1 or 2, > 0, 8)
                ? format
                : throw new InvalidDataException($"The WAV file is neither 16-bit PCM nor mu-law in one or two channels: {format}.");
        }

        public WavAudio Decode(ReadOnlySpan<byte> data)
        {
            var samples = new short[data.Length / (Bits / 8) / Channels * Channels];
            if (Encoding == MulawFormat)
                Mulaw.Decode(data[..samples.Length], samples);
            else
                data[..(2 * samples.Length)].CopyTo(MemoryMarshal.AsBytes(samples.AsSpan()));
            return new WavAudio(SampleRate, Channels, samples);
        }
    }
}
