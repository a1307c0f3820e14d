using Rapida.MediaRelay.Tests.Peers;

namespace Rapida.MediaRelay.Tests.Pipeline;

public sealed class FixedPromptsTests
{
    [Fact]
    public async Task A_greeting_is_synthesised_once_and_heard_by_every_caller()
    {
        var speech = new FakeSpeech();
        var first = await HearGreetingAsync(speech, "111111111111111");
        var second = await HearGreetingAsync(speech, "111111111111111");

        Assert.Single(speech.Voice.Spoken);
        Assert.Equal(first, second);
        Assert.Contains(second.Chunk(160), frame => Sounds.IsAudible(frame));
    }

    [Fact]
    public async Task Assistants_do_not_share_what_was_synthesised()
    {
        var speech = new FakeSpeech();
        await HearGreetingAsync(speech, "111111111111111");
        await HearGreetingAsync(speech, "222222222222222");

        Assert.Equal(2, speech.Voice.Spoken.Count);
    }

    [Fact]
    public async Task What_the_model_says_is_not_kept()
    {
        var speech = new FakeSpeech();
        for (var i = 0; i < 2; i++)
        {
            await using var call = await new PaperCall(speech, settings => settings with { Greeting = "" }).AnswerAsync();
            await call.HearOutAsync();
        }

        Assert.Equal(2, speech.Voice.Spoken.Count);
    }

    private static async Task<byte[]> HearGreetingAsync(FakeSpeech speech, string assistantId)
    {
        await using var call = await new PaperCall(speech, settings => settings with { AssistantId = assistantId }).AnswerAsync();
        await call.HearOutAsync();
        return [.. call.Heard];
    }
}
