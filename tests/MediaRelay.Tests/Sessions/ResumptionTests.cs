using Rapida.Media.V1;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Sessions;

public sealed class ResumptionTests
{
    [Theory]
    [InlineData(LeaveIntent.Transfer, "busy", "the line is busy")]
    [InlineData(LeaveIntent.Transfer, "no-answer", "nobody answers")]
    [InlineData(LeaveIntent.Transfer, "failed", "could not be reached")]
    [InlineData(LeaveIntent.Digits, "", "keys have been pressed")]
    [InlineData(LeaveIntent.Handover, "", "silent for a moment")]
    public async Task A_conversation_that_goes_on_is_not_greeted_again_and_the_model_speaks_first(LeaveIntent intent, string outcome, string note)
    {
        var resumption = Resumption.Parse(new ReturnedFrom { Intent = intent, Outcome = outcome })! with
        {
            History = [ChatMessage.FromAssistant("I connect you."), ChatMessage.FromCaller("fine")],
        };
        var speech = new FakeSpeech();
        speech.Mind.Answer = _ => [new LanguageModelToken.Text("Nobody is there.")];
        await using var call = await new PaperCall(speech, settings => settings with { Resumption = resumption }).AnswerAsync();

        await call.HearOutAsync();

        Assert.Equal(["Nobody is there."], call.Turns.Select(turn => turn.Text));
        var messages = Assert.Single(speech.Mind.Requests).Messages;
        Assert.Equal(["I connect you.", "fine"], messages.Take(2).Select(message => message.Text));
        Assert.Equal(ChatRole.Tool, messages[2].Role);
        Assert.Contains(note, messages[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_history_the_caller_hears_a_sentence_and_no_greeting()
    {
        await using var call = await new PaperCall(settings: settings => settings with { Resumption = new("The line is busy.", []) }).AnswerAsync();

        await call.HearOutAsync();

        Assert.Equal(["I am back with you. What can I do for you?"], call.Turns.Select(turn => turn.Text));
        Assert.Empty(call.Speech.Mind.Requests);
    }

    [Fact]
    public void A_call_that_begins_resumes_nothing() => Assert.Null(Resumption.Parse(null));
}
