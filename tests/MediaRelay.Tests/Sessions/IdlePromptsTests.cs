using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Tests.Peers;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class IdlePromptsTests
{
    [Fact]
    public async Task A_silent_caller_is_asked_and_then_given_up()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 2 }).AnswerAsync();

        await call.WaitUntilOverAsync(60_000);

        Assert.Equal(EndReason.Idle, call.Ending);
        Assert.Equal(["Hello, who is it?", "Are you there?", "Are you there?"], call.Turns.Select(turn => turn.Text));
        Assert.InRange(call.NowMs, 45_000, 47_500);
    }

    [Fact]
    public async Task Without_retries_a_silent_caller_is_given_up_at_once()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 0 }).AnswerAsync();

        await call.WaitUntilOverAsync(17_000);

        Assert.Equal(EndReason.Idle, call.Ending);
        Assert.Equal(["Hello, who is it?"], call.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public async Task Words_start_the_count_again_and_noise_does_not()
    {
        await using var call = await new PaperCall(settings: settings => settings with { IdleTimeout = TimeSpan.FromSeconds(15), IdleRetries = 1 }).AnswerAsync();
        await call.WaitAsync(18_000);
        call.Speech.Ears.WillHear("yes");
        await call.SayAsync(400);
        await call.WaitAsync(5_000);
        await call.SayAsync(400);

        await call.WaitUntilOverAsync(40_000);

        Assert.Equal(["Hello, who is it?", "Are you there?", "yes", "I see.", "Are you there?"], call.Turns.Select(turn => turn.Text));
    }
}
