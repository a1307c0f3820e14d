using Rapida.MediaRelay.Twilio;

namespace Rapida.MediaRelay.Tests.Twilio;

public sealed class StreamGapsTests
{
    private readonly StreamGaps _gaps = new();

    [Fact]
    public void A_jittering_clock_has_no_gaps()
    {
        var random = new Random(42);
        for (var frame = 0; frame < 5_000; frame++)
            _gaps.Note(155 + (long)(frame * 19.95) + random.Next(-15, 16), 160);

        Assert.Equal(0, _gaps.MissingMs);
    }

    [Fact]
    public void Audio_that_did_not_come_is_counted()
    {
        _gaps.Note(155, 160);
        _gaps.Note(175, 160);
        _gaps.Note(395, 160);
        _gaps.Note(415, 160);

        Assert.InRange(_gaps.MissingMs, 199, 201);
    }
}
