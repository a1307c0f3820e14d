using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;

namespace Audio.Tests;

public sealed class AlawTests
{
    [Fact]
    public void Every_code_decodes_as_in_the_tables_of_the_standard()
    {
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var samples = new short[256];

        Alaw.Decode(codes, samples);

        Assert.Equal(codes.Select(Expand), samples);
        Assert.Equal(codes.Select(Expand), codes.Select(Alaw.Decode));
    }

    [Fact]
    public void Every_sample_encodes_as_in_the_tables_of_the_standard()
    {
        var samples = Enumerable.Range(short.MinValue, 65_536).Select(sample => (short)sample).ToArray();
        var codes = new byte[65_536];

        Alaw.Encode(samples, codes);

        Assert.Equal(samples.Select(Compress), codes);
        Assert.Equal(samples.Select(Compress), samples.Select(Alaw.Encode));
    }

    [Fact]
    public void The_samples_that_the_standard_names_have_its_codes()
    {
        // G.711, tables 1a and 1b: the character signals before and after the inversion of even bits, outermost and innermost.
        Assert.Equal(0xFF ^ 0x55, Alaw.Encode(short.MaxValue));
        Assert.Equal(0x7F ^ 0x55, Alaw.Encode(short.MinValue));
        Assert.Equal(0x80 ^ 0x55, Alaw.Encode(0));
        Assert.Equal(0x00 ^ 0x55, Alaw.Encode(-1));
        Assert.Equal(4_032 * 8, Alaw.Decode(0xFF ^ 0x55));
        Assert.Equal(8, Alaw.Decode(Alaw.Silence));
    }

    [Fact]
    public void A_decoded_sample_encodes_to_its_own_code()
    {
        for (var code = 0; code < 256; code++)
            Assert.Equal(code, Alaw.Encode(Alaw.Decode((byte)code)));
    }

    [Fact]
    public void The_way_through_costs_at_most_half_a_step()
    {
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
            Assert.InRange(Math.Abs(Alaw.Decode(Alaw.Encode((short)sample)) - sample), 0, Math.Max(8, Math.Abs(sample) / 32 + 1));
    }

    [Fact]
    public void Any_length_and_any_place_gives_what_the_samples_give_one_by_one()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<short[]>(), Gen.Choose(0, 40).ToArbitrary(), (few, skipped) =>
        {
            short[] samples = [.. new short[skipped], .. few, .. few, .. few];
            samples = samples[(skipped / 2)..];
            var codes = new byte[samples.Length];
            var decoded = new short[samples.Length];
            Alaw.Encode(samples, codes);
            Alaw.Decode(codes, decoded);
            return codes.SequenceEqual(samples.Select(Alaw.Encode)) && decoded.SequenceEqual(codes.Select(Alaw.Decode));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Too_little_room_is_refused_before_anything_is_written()
    {
        Assert.Throws<ArgumentException>(() => Alaw.Decode(new byte[160], new short[159]));
        Assert.Throws<ArgumentException>(() => Alaw.Encode(new short[160], new byte[159]));
    }

    // The tables of G.711, number by number: decision value x(n), and as the output the middle of two of them, in the standard's scale of 4,096 = full.
    private static readonly int[] Decisions =
        [.. Enumerable.Range(0, 129).Select(n => n <= 32 ? 2 * n : (16 + n % 16) << n / 16)];

    private static short Expand(byte code)
    {
        var n = (code ^ 0x55) & 0x7F;
        var output = (Decisions[n] + Decisions[n + 1]) / 2 * 8;
        return (short)((code & 0x80) != 0 ? output : -output);
    }

    private static byte Compress(short sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) / 8;
        var n = Array.FindLastIndex(Decisions, 127, decision => decision <= magnitude);
        return (byte)((n | (sample < 0 ? 0 : 0x80)) ^ 0x55);
    }
}
