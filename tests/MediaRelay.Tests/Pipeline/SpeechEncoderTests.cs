using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Pipeline;

public sealed class SpeechEncoderTests
{
    [Fact]
    public void However_it_is_cut_the_same_speech_gives_the_same_frames() =>
        Prop.ForAll(Gen.Choose(1, 900).NonEmptyListOf().ToArbitrary(), lengths =>
        {
            var samples = Tone(lengths.Sum());
            var whole = Encode([samples]);
            var ends = lengths.Aggregate(new List<int> { 0 }, (cuts, length) => [.. cuts, cuts[^1] + length]);
            var pieces = Encode([.. ends.Zip(ends.Skip(1), (from, until) => samples[from..until])]);
            return whole.SequenceEqual(pieces);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sentence_ends_with_a_whole_frame() => Assert.Equal(2 * 160, Encode([Tone(600)]).Length);

    [Fact]
    public void Speech_begins_with_its_first_sound() => Assert.Equal(Encode([Tone(1_600)]).Length, Encode([new short[3_200], Tone(1_600)]).Length);

    // The filter's delay may carry the last sound into one frame more.
    [Fact]
    public void And_ends_with_its_last() => Assert.InRange(Encode([Tone(1_600), new short[3_200]]).Length, 800, 960);

    [Fact]
    public void A_pause_within_it_stays() => Assert.Equal(3 * 800, Encode([Tone(1_600), new short[1_600], Tone(1_600)]).Length);

    private static short[] Tone(int length) => [.. Enumerable.Range(0, length).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * 440 * i / 16_000)))];

    private static byte[] Encode(short[][] chunks)
    {
        var encoder = new SpeechEncoder();
        var mulaw = new List<byte>();
        foreach (var frame in chunks.SelectMany(chunk => encoder.Encode(new SpeechChunk(chunk, 16_000))))
            mulaw.AddRange(frame.Mulaw.Span);
        if (encoder.Flush() is { } last)
            mulaw.AddRange(last.Mulaw.Span);
        return [.. mulaw];
    }
}
