using Rapida.Audio;

namespace Audio.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void A_frame_through_codec_resampler_and_detector_allocates_nothing()
    {
        var up = new Resampler(8_000, 16_000);
        var down = new Resampler(16_000, 8_000);
        var fractional = new Resampler(22_050, 8_000);
        var odd = new short[441];
        var vad = new EnergyVad();
        var codes = new byte[160];
        var narrow = new short[160];
        var wide = new short[320];
        Frame();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++)
            Frame();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Frame()
        {
            Mulaw.Decode(codes, narrow);
            up.Resample(narrow, wide);
            vad.Push(wide, narrow);
            down.Resample(wide, narrow);
            Loudness.Of(narrow);
            Mulaw.Encode(narrow, codes);
            Alaw.Decode(codes, narrow);
            Alaw.Encode(narrow, codes);
            fractional.Resample(odd, narrow);
        }
    }
}
