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
    public async Task As_many_keys_as_were_asked_for_are_complete_at_once()
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => [new LanguageModelToken.Expecting(RecognitionHint.Digits, Keys: 4), new LanguageModelToken.Text("Your code?")];
        await using var call = await new PaperCall(speech, settings => settings with { Greeting = "" }).AnswerAsync();
        await call.HearOutAsync();

        await call.PressAsync("123", 100);
        Assert.Single(speech.Mind.Requests);
        await call.PressAsync("4", 100);

        Assert.Equal(ChatMessage.FromKeypad("1234"), speech.Mind.Requests.Last().Messages[^1]);
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
