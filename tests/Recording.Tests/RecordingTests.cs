using Rapida.Audio;
using Rapida.Conversations.V1;

namespace Recording.Tests;

[Collection(nameof(House))]
public sealed class RecordingTests(House house)
{
    [Fact]
    public async Task Two_tracks_come_out_side_by_side_to_the_sample()
    {
        var phone = new Phone();
        var (caller, assistant) = (Phone.Tone(440, 4_000), Phone.Tone(1_000, 3_000));
        using var relay = house.NewRelay();
        var closed = new List<JournalEntry>
        {
            phone.Opened(),
            phone.Audio(Track.Caller, 0, caller[..1_600]),
            phone.Audio(Track.Assistant, 1_234, assistant[..1_600]),
            phone.Audio(Track.Caller, 1_600, caller[1_600..]),
            phone.Audio(Track.Assistant, 2_834, assistant[1_600..]),
            phone.Turn(1, Speaker.Assistant, "Good morning", 1_234, 4_234, gap: 0),
            phone.Closed(6_000),
        };
        await relay.SendAsync(closed);
        await relay.StoredAsync(closed[^1]);
        await house.TellAsync(phone.Ended());
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        var wav = house.Wav(phone);
        Assert.Equal((8_000, 2, 12_000), (wav.SampleRate, wav.Channels, wav.Samples.Length));
        Assert.Equal(Expected(6_000, (0, caller)), Stereo.Channel(wav.Samples.Span, 0));
        Assert.Equal(Expected(6_000, (1_234, assistant)), Stereo.Channel(wav.Samples.Span, 1));
        Assert.Equal(750, ready.DurationMs);
        var conversation = await house.ConversationAsync(phone);
        Assert.Equal(ready.RecordingId.ToString(), conversation.RecordingId);
        Assert.Equal("ended", conversation.Status);
        Assert.Equal((154, 529), (conversation.Turns.Single().StartMs, conversation.Turns.Single().EndMs));
    }

    private static short[] Expected(int length, params (int At, byte[] Mulaw)[] pieces)
    {
        var samples = new short[length];
        foreach (var (at, mulaw) in pieces)
            Mulaw.Decode(mulaw, samples.AsSpan(at));
        return samples;
    }
}
