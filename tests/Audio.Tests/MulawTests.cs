using System.Runtime.InteropServices;
using Rapida.Audio;

namespace Audio.Tests;

public sealed class MulawTests
{
    [Fact]
    public void Every_code_decodes_as_in_the_table_of_the_standard()
    {
        var expected = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Tables/mulaw_decode.i16le")));
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var samples = new short[256];

        Mulaw.Decode(codes, samples);

        Assert.Equal(expected.ToArray(), samples);
        Assert.Equal(expected.ToArray(), codes.Select(Mulaw.Decode));
    }

    [Fact]
    public void Every_sample_encodes_as_in_the_table_of_the_standard()
    {
        var expected = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Tables/mulaw_encode.u8"));
        var samples = Enumerable.Range(0, 65_536).Select(index => (short)index).ToArray();
        var codes = new byte[65_536];

        Mulaw.Encode(samples, codes);

        Assert.Equal(expected, codes);
        Assert.Equal(expected, samples.Select(Mulaw.Encode));
    }

    [Fact]
    public void What_is_left_over_after_the_last_sixteen_is_coded_too()
    {
        var samples = Signals.Noise(8_000, 0.02, -12)[..159];
        var codes = new byte[159];
        var decoded = new short[159];

        Mulaw.Encode(samples, codes);
        Mulaw.Decode(codes, decoded);

        Assert.Equal(samples.Select(Mulaw.Encode), codes);
        Assert.Equal(codes.Select(Mulaw.Decode), decoded);
    }

    [Fact]
    public void A_decoded_sample_encodes_to_its_own_code_except_for_negative_zero()
    {
        for (var code = 0; code < 256; code++)
            Assert.Equal(code == 0x7F ? Mulaw.Silence : code, Mulaw.Encode(Mulaw.Decode((byte)code)));
    }

    [Fact]
    public void Too_little_room_is_refused_before_anything_is_written()
    {
        Assert.Throws<ArgumentException>(() => Mulaw.Decode(new byte[160], new short[159]));
        Assert.Throws<ArgumentException>(() => Mulaw.Encode(new short[160], new byte[159]));
    }
}
