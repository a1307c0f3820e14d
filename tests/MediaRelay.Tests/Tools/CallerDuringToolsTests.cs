using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;
using static Rapida.MediaRelay.Tests.Tools.CallsWithTools;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>A tool while the caller interrupts, goes on speaking, or hangs up.</summary>
public sealed class CallerDuringToolsTests
{
    [Fact]
    public async Task The_caller_may_interrupt_while_a_tool_runs()
    {
        var call = Call(Once("book", "{}", "One moment.", "It is booked."));
        call.Web.IsHolding = true;

        await using (await AskedAsync(call))
        {
            call.Speech.Mind.Answer = _ => [new LanguageModelToken.Text("Tuesday then.")];
            call.Speech.Ears.WillHear("no wait tuesday");
            await call.SayAsync(800);
            Assert.Equal(["+book {}", "-book failed"], call.Tools);
            await call.WaitAsync(3_000);

            Assert.Equal(["book monday", "One moment.", "no wait tuesday", "Tuesday then."], call.Turns.Skip(1).Select(turn => turn.Text));
            Assert.Contains(
                call.Speech.Mind.Requests.Last().Messages,
                message => message.Role is ChatRole.Tool && message.Text.StartsWith("The caller interrupted", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_tool_that_was_thought_of_ahead_runs_when_the_turn_has_ended_and_not_before()
    {
        await using var call = await Call(Once("book", "{}", "One moment.", "It is booked.")).AnswerAsync();
        call.Speech.Ears.WillHear("book monday");
        await call.HearOutAsync();
        await call.SayAsync(600);
        await call.WaitAsync(400);
        Assert.Single(call.Speech.Mind.Requests);
        Assert.Empty(call.Web.Requests);

        call.Speech.Ears.HearsInstead("book monday morning");
        await call.SayAsync(400);
        await call.WaitAsync(400);
        Assert.Empty(call.Web.Requests);

        await call.WaitAsync(2_500);
        Assert.Single(call.Web.Requests);
        Assert.Equal(["+book {}", "-book ok"], call.Tools);
        Assert.Contains("thought_ahead", call.Decisions);
        Assert.Equal("One moment. It is booked.", call.Turns.Last().Text);
    }

    [Fact]
    public async Task A_call_that_ends_while_a_tool_runs_says_that_it_did_not_finish()
    {
        var call = Call(Once("book", "{}", "One moment.", "It is booked."));
        call.Web.IsHolding = true;

        await using (await AskedAsync(call))
        {
            call.HangUp();
            Assert.Equal(["+book {}", "-book failed"], call.Tools);
        }
    }
}
