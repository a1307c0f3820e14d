using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;

namespace Audio.Tests;

public sealed class WavTests
{
    [Fact]
    public void What_was_written_is_read_again()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<short[]>(), Gen.Elements(8_000, 16_000, 44_100).ToArbitrary(), (samples, rate) =>
        {
            using var stream = new MemoryStream();
            using (var writer = new WavWriter(stream, rate, 1, leaveOpen: true))
            {
                writer.Write(samples.AsSpan(0, samples.Length / 2));
                writer.Write(samples.AsSpan(samples.Length / 2));
            }

            stream.Position = 0;
            var read = WavFile.Read(stream);
            return read.SampleRate == rate && read.Channels == 1 && read.Samples.Span.SequenceEqual(samples);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_channels_keep_their_sides()
    {
        using var stream = new MemoryStream();
        var both = new short[6];
        Stereo.Interleave([1, 2, 3], [-1, -2], both);
        using (var writer = new WavWriter(stream, 8_000, 2, leaveOpen: true))
            writer.Write(both);

        stream.Position = 0;
        var read = WavFile.Read(stream);

        Assert.Equal([1, 2, 3], Stereo.Channel(read.Samples.Span, 0));
        Assert.Equal([-1, -2, 0], Stereo.Channel(read.Samples.Span, 1));
        Assert.Equal(3 / 8_000.0, read.Duration.TotalSeconds, 6);
    }

    [Fact]
    public void A_file_whose_writer_was_killed_can_be_read_as_far_as_it_goes()
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, 8_000, 1, leaveOpen: true);
        writer.Write([1, 2, 3]);

        stream.Position = 0;

        Assert.Equal([1, 2, 3], WavFile.Read(stream).Samples.ToArray());
        writer.Dispose();
    }

    [Fact]
    public void Mulaw_files_and_unknown_chunks_are_understood()
    {
        byte[] file =
        [
            .. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8,
            .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0,
            .. "fmt "u8, 18, 0, 0, 0, 7, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0, 0, 0,
            .. "data"u8, 3, 0, 0, 0, 0x00, 0xFF, 0x80, 0,
        ];

        var audio = WavFile.Read(new MemoryStream(file));

        Assert.Equal((8_000, 1), (audio.SampleRate, audio.Channels));
        Assert.Equal([-32_124, 0, 32_124], audio.Samples.ToArray());
    }

    [Fact]
    public void Whatever_the_bytes_are_the_reader_answers_or_refuses()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Choose(0, 60).ToArbitrary(), (noise, cut) =>
        {
            var header = new byte[WavWriter.HeaderLength];
            WavWriter.FillHeader(header, 8_000, 1, 100);
            byte[] file = [.. header[..Math.Min(cut, header.Length)], .. noise];
            try
            {
                return WavFile.Read(new MemoryStream(file)).SampleRate > 0;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Recordings_are_joined_with_silence_around_each()
    {
        WavAudio[] pieces = [new(8_000, 1, new short[] { 1, 2 }), new(8_000, 1, new short[] { 3 })];

        var joined = WavAudio.Concat(pieces, TimeSpan.FromMilliseconds(0.25));

        Assert.Equal([0, 0, 1, 2, 0, 0, 3, 0, 0], joined.Samples.ToArray());
        Assert.Throws<ArgumentException>(() => WavAudio.Concat([pieces[0], new(16_000, 1, new short[1])], TimeSpan.Zero));
    }

    [Fact]
    public void A_recording_of_any_kind_becomes_the_telephones()
    {
        var stereo = new short[2 * 44_100];
        Stereo.Interleave(Signals.Tone(1_000, 44_100, 1), Signals.Tone(1_000, 44_100, 1), stereo);

        var mono = new WavAudio(44_100, 2, stereo).ToMono(8_000);

        Assert.Equal((8_000, 1, 8_000), (mono.SampleRate, mono.Channels, mono.Samples.Length));
        Assert.InRange(Signals.ToneDb(mono.Samples.Span[800..4_000], 1_000, 8_000), -6.1, -5.9);
    }
}
