using Microsoft.Extensions.DependencyInjection;
using Rapida.Conversations.V1;
using Rapida.Recording.Recordings;
using Rapida.Testing;

namespace Recording.Tests;

public sealed class GraceTests(GraceTests.VirtualTime house) : IClassFixture<GraceTests.VirtualTime>
{
    public sealed class VirtualTime : House
    {
        public ManualTimeProvider Time { get; } = new();

        protected override TimeProvider Clock => Time;

        // The journal commits whatever has come: its clock stands still.
        protected override TimeSpan CommitInterval => TimeSpan.Zero;
    }

    [Fact]
    public async Task A_call_whose_relay_was_lost_has_its_recording_after_the_grace()
    {
        var phone = new Phone();
        using (var relay = house.NewRelay())
        {
            var last = phone.Audio(Track.Assistant, 40, Phone.Tone(440, 160));
            await relay.SendAsync(phone.Opened(), last);
            await relay.StoredAsync(last);
        }

        await house.TellAsync(phone.Ended());
        var grace = new RecordingOptions().CloseGrace;
        house.Time.Advance(grace - TimeSpan.FromMilliseconds(1));
        using var scope = house.Services.CreateScope();
        var make = scope.ServiceProvider.GetRequiredService<MakeRecording>();
        Assert.False(await make.ExecuteAsync(CancellationToken.None));
        Assert.Equal("", (await house.ConversationAsync(phone)).RecordingId);

        house.Time.Advance(TimeSpan.FromMilliseconds(1));
        // The service's own look may come first: then there is nothing left to make.
        await make.ExecuteAsync(CancellationToken.None);
        var ready = await house.RecordingReadyAsync(phone.Conversation);

        Assert.Equal(25, ready.DurationMs);
        Assert.Equal(200, house.Wav(phone).Samples.Length / 2);
    }
}
