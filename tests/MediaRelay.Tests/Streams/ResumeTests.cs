using System.Net.WebSockets;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Streams;

public sealed class ResumeTests
{
    [Fact]
    public async Task A_transfer_leaves_with_the_number_of_the_target_when_the_announcement_has_been_heard()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Calls.Settings.TransferTargets["desk"] = "+15557654321";
        relay.Speech.Ears.WillHear("the desk please");
        relay.Speech.Mind.Answer = _ =>
            [new LanguageModelToken.Text("I connect you."), new LanguageModelToken.ToolCall("1", "transfer_call", """{"to":"desk"}""")];
        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(21 * 20);
        await twilio.HearQuietAsync(300);

        twilio.Say(Sounds.Voice(500));

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await twilio.Closed);
        Assert.Equal((21 + 14) * 20, FakeTwilio.AudibleFrames(twilio.Heard) * 20);
        var left = Assert.Single(relay.Calls.Left);
        Assert.Equal((LeaveIntent.Transfer, "+15557654321", "transfer", 1), (left.Intent, left.Target, left.Reason, left.Attempt));
        Assert.Equal("transfer", (await relay.Recording.WaitForEndAsync())[^1].Closed.Reason);
        Assert.DoesNotContain(relay.Logs.Lines, line => line.Text.Contains("5557654321", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_relay_that_goes_on_with_a_call_asks_until_all_is_there_that_was_said_before()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        Returns(relay);
        relay.Conversations.WillTell(0, (Speaker.Assistant, "Who is it?"));
        relay.Conversations.WillTell(
            1, (Speaker.Assistant, "Who is it?"), (Speaker.Caller, "the desk please"), (Speaker.Assistant, "I connect you."));
        relay.Speech.Mind.Answer = _ => [new LanguageModelToken.Text("Nobody answers.")];

        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(15 * 20);

        Assert.Equal(["project", "project"], relay.Conversations.Asked.Select(asked => asked.ProjectId));
        Assert.All(relay.Conversations.Asked, asked => Assert.Equal(FakeTwilio.CallSid, asked.Id));
        Assert.Equal(
            [(ChatRole.Assistant, "Who is it?"), (ChatRole.Caller, "the desk please"), (ChatRole.Assistant, "I connect you.")],
            Assert.Single(relay.Speech.Mind.Requests).Messages.SkipLast(1).Select(message => (message.Role, message.Text)));
        Assert.Equal(["Nobody answers."], relay.Speech.Voice.Spoken);
        await twilio.HangUpAsync();
        Assert.All(await relay.Recording.WaitForEndAsync(), entry => Assert.Equal(2, entry.Attempt));
    }

    [Fact]
    public async Task When_Recording_is_away_the_call_goes_on_without_what_was_said_before()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        Returns(relay);

        await using var twilio = await relay.CallAsync();
        await twilio.HearAsync(200);

        Assert.Equal("I am back with you.", relay.Speech.Voice.Spoken.First());
        Assert.Empty(relay.Speech.Mind.Requests);
        Assert.Contains(relay.Logs.Lines, line => line.EventId.Id == 3002);
        await twilio.HangUpAsync();
        await twilio.Closed;
    }

    private static void Returns(RelayUnderTest relay)
    {
        relay.Calls.Attempt = 2;
        relay.Calls.Settings.ReturnedFrom = new ReturnedFrom { Intent = LeaveIntent.Transfer, Outcome = "busy" };
    }
}
