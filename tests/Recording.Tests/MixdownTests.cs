using FsCheck;
using FsCheck.Fluent;
using Rapida.Audio;
using Rapida.Recording.Journal;
using Rapida.Recording.Recordings;

namespace Recording.Tests;

public sealed class MixdownTests
{
    [Fact]
    public void Every_segment_comes_out_at_its_place() => Prop.ForAll(Segments, Gen.Choose(0, 4_000).ToArbitrary(), (segments, length) =>
    {
        var ordered = segments.OrderBy(segment => segment.Position).ToList();
        var end = Math.Max(length, ordered.Select(segment => segment.Position + segment.Length).DefaultIfEmpty(0).Max());
        var expected = new short[2 * end];
        using var file = new MemoryStream();
        using (var wav = new WavWriter(file, Timeline.SampleRate, 2, leaveOpen: true))
        {
            var mixdown = new StereoMixdown(wav);
            foreach (var segment in ordered)
            {
                mixdown.Add(segment.Track, segment.Position, segment.Mulaw);
                for (var i = 0; i < segment.Length; i++)
                    expected[2 * (segment.Position + i) + (int)segment.Track] = Mulaw.Decode(segment.Mulaw[i]);
            }

            mixdown.Complete(length);
        }

        file.Position = 0;
        return WavFile.Read(file).Samples.Span.SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_pause_longer_than_the_window_is_silence()
    {
        using var file = new MemoryStream();
        using (var wav = new WavWriter(file, Timeline.SampleRate, 2, leaveOpen: true))
        {
            var mixdown = new StereoMixdown(wav);
            mixdown.Add(Track.Caller, 0, [0x00]);
            mixdown.Add(Track.Assistant, 1_000_000, [0x00]);
            mixdown.Complete(0);
        }

        file.Position = 0;
        var samples = WavFile.Read(file).Samples.ToArray();
        Assert.Equal([0, 2_000_001], samples.Index().Where(sample => sample.Item != 0).Select(sample => sample.Index));
        Assert.Equal(2_000_002, samples.Length);
    }

    private static Arbitrary<Segment[]> Segments => (
        from position in Gen.Choose(0, 3_000)
        from length in Gen.Choose(1, 500)
        from track in Gen.Elements(Track.Caller, Track.Assistant)
        from seed in Gen.Choose(0, 255)
        select new Segment(track, position, length, (byte)seed)).ArrayOf().ToArbitrary();

    private sealed record Segment(Track Track, int Position, int Length, byte Seed)
    {
        public byte[] Mulaw { get; } = [.. Enumerable.Range(0, Length).Select(i => (byte)(Seed + i))];
    }
}
