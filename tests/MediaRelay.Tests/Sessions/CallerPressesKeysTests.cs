using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class CallerPressesKeysTests
{
    [Fact]
    public async Task Keys_stop_the_assistant_and_are_its_next_input()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Greeting = "Please key in your number, and then the pound key." }).AnswerAsync();
        await call.WaitAsync(300);

        await call.PressAsync("5551234#");
        await call.WaitAsync(400);

        Assert.Equal(1, call.Clears);
        Assert.Equal(ChatMessage.FromKeypad("5551234#"), Assert.Single(call.Speech.Mind.Requests).Messages[^1]);
    }

    [Fact]
    public async Task Keys_without_a_pound_key_are_complete_after_two_seconds()
    {
        await using var call = await new PaperCall().AnswerAsync();
        await call.HearOutAsync();

        await call.PressAsync("1", 1_900);
        Assert.Empty(call.Speech.Mind.Requests);
        await call.WaitAsync(200);

        Assert.Equal(ChatMessage.FromKeypad("1"), Assert.Single(call.Speech.Mind.Requests).Messages[^1]);
    }
}
