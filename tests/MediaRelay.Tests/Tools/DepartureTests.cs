using Rapida.Speech;
using static Rapida.MediaRelay.Tests.Tools.CallsWithTools;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>Tools that leave the session: a transfer, and keys to press.</summary>
public sealed class DepartureTests
{
    [Theory]
    [InlineData("transfer_call", """{"to":"Desk"}""", "Transfer", "+15557654321")]
    [InlineData("send_keys", """{"keys":"1w2#"}""", "Digits", "1w2#")]
    public async Task The_session_is_left_when_what_is_said_before_has_been_heard(string tool, string arguments, string reason, string target)
    {
        await using var call = await AskedAsync(Call(_ =>
            [new LanguageModelToken.Text("I connect you."), new LanguageModelToken.ToolCall("1", tool, arguments)]), until: 800);
        Assert.Null(call.Ending);

        await call.WaitUntilOverAsync(2_000);

        Assert.Equal((reason, target), ($"{call.Ending}", call.Target));
        Assert.Equal("I connect you.", call.Turns.Last().Text);
        Assert.Equal([$"+{tool} {arguments}", $"-{tool} ok"], call.Tools);
    }

    [Fact]
    public async Task A_caller_who_interrupts_the_announcement_is_not_transferred()
    {
        var call = Call(_ =>
        [
            new LanguageModelToken.Text("I connect you with the desk, please stay on the line for me."),
            new LanguageModelToken.ToolCall("1", "transfer_call", """{"to":"desk"}"""),
        ]);

        await using (await AskedAsync(call, until: 1_200))
        {
            call.Speech.Mind.Answer = _ => [new LanguageModelToken.Text("As you like.")];
            call.Speech.Ears.WillHear("no please do not");
            await call.SayAsync(800);
            await call.WaitAsync(3_000);

            Assert.Null(call.Ending);
            Assert.Equal("As you like.", call.Turns.Last().Text);
        }
    }
}
