using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;
using static Rapida.MediaRelay.Tests.Tools.CallsWithTools;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>What the model may call, and what it learns of it.</summary>
public sealed class ToolCallTests
{
    [Fact]
    public async Task The_model_is_offered_what_the_deployment_allows_and_no_more()
    {
        await using var plain = await AskedAsync(Call(_ => [new LanguageModelToken.Text("Yes.")], settings => settings));
        await using var rich = await AskedAsync(Call(_ => [new LanguageModelToken.Text("Yes.")], settings => settings with
        {
            Tools = [Book],
            SendKeys = true,
            TransferTargets = new Dictionary<string, string> { ["desk"] = "+15557654321", ["night"] = "+15550001111" },
        }));

        Assert.Equal(["end_call"], plain.Speech.Mind.Requests.Single().Tools.Select(tool => tool.Name));
        var tools = rich.Speech.Mind.Requests.Single().Tools;
        Assert.Equal(["end_call", "transfer_call", "send_keys", "book"], tools.Select(tool => tool.Name));
        Assert.Contains("""["desk","night"]""", tools[1].ParametersSchema, StringComparison.Ordinal);
        Assert.DoesNotContain("+1555", string.Join("", tools.Select(tool => tool.ParametersSchema)), StringComparison.Ordinal);
        Assert.Equal(("Books an appointment.", """{"type":"object"}"""), (tools[3].Description, tools[3].ParametersSchema));
    }

    [Fact]
    public async Task What_a_tool_gives_is_answered_in_the_same_turn_and_known_in_the_next()
    {
        await using var call = await AskedAsync(Call(Once("book", """{"day":"monday"}""", "One moment.", "It is booked.")));

        Assert.Equal(["Hello, who is it?", "book monday", "One moment. It is booked."], call.Turns.Select(turn => turn.Text));
        Assert.Equal(["+book {\"day\":\"monday\"}", "-book ok"], call.Tools);
        Assert.Equal(
            ("POST https://clinic.example.com/book {\"day\":\"monday\"}", "call-1", "tenants-key"), Assert.Single(call.Web.Requests));
        var second = call.Speech.Mind.Requests.Last().Messages;
        Assert.Equal(
            [
                (ChatRole.Assistant, "Hello, who is it?"), (ChatRole.Caller, "book monday"),
                (ChatRole.Assistant, "One moment."), (ChatRole.Tool, "fine"),
            ],
            second.Select(message => (message.Role, message.Text)));
        Assert.Equal("book", second[^1].Call!.Name);

        call.Speech.Ears.WillHear("thank you so much");
        await call.SayAsync(600);
        await call.WaitAsync(3_000);
        Assert.Equal(
            [(ChatRole.Tool, "fine"), (ChatRole.Assistant, "One moment. It is booked."), (ChatRole.Caller, "thank you so much")],
            call.Speech.Mind.Requests.Last().Messages.Skip(2).Select(message => (message.Role, message.Text)));
    }

    [Fact]
    public async Task That_a_tool_starts_is_written_down_before_it_does()
    {
        var call = Call(Once("book", "{}", "", "It is booked."));
        call.Web.Answer = _ =>
        {
            Assert.Equal(["+book {}"], call.Tools);
            return FakeWeb.Text("fine");
        };

        await using (await AskedAsync(call))
            Assert.Equal(["+book {}", "-book ok"], call.Tools);
    }

    [Theory]
    [InlineData("book", "[1]", "The arguments are not a JSON object.")]
    [InlineData("book", "{", "The arguments are not a JSON object.")]
    [InlineData("cook", "{}", "There is no tool of this name. There are: end_call, transfer_call, send_keys, book.")]
    [InlineData("transfer_call", """{"to":"+15559999999"}""", "\"to\" must be one of: desk.")]
    [InlineData("transfer_call", """{"to":7}""", "\"to\" must be one of: desk.")]
    [InlineData("send_keys", """{"keys":"1<2"}""", "\"keys\" must be 1 to 32 of 0-9, *, #, w and W.")]
    public async Task What_cannot_be_called_so_is_told_to_the_model_and_the_call_goes_on(string tool, string arguments, string told)
    {
        await using var call = await AskedAsync(Call(Once(tool, arguments, "", "I am sorry.")));

        Assert.Equal(told, call.Speech.Mind.Requests.Last().Messages[^1].Text);
        Assert.Equal("I am sorry.", call.Turns.Last().Text);
        Assert.Equal([$"+{tool} {arguments}", $"-{tool} failed"], call.Tools);
        Assert.Empty(call.Web.Requests);
        Assert.Null(call.Ending);
    }

    [Fact]
    public async Task A_model_that_goes_on_calling_is_stopped_after_four_rounds()
    {
        var number = 0;
        await using var call = await AskedAsync(Call(request => request.Tools.Count > 0
            ? [new LanguageModelToken.ToolCall($"{++number}", "book", "{}")]
            : [new LanguageModelToken.Text("That is all.")]));

        Assert.Equal(4, call.Web.Requests.Count);
        Assert.Equal(["call-1", "call-2", "call-3", "call-4"], call.Web.Requests.Select(request => request.IdempotencyKey));
        Assert.Equal("That is all.", call.Turns.Last().Text);
    }

    [Fact]
    public async Task A_tool_that_is_called_without_being_offered_is_not_run_and_the_call_goes_on()
    {
        var number = 0;
        await using var call = await AskedAsync(Call(_ => [new LanguageModelToken.ToolCall($"{++number}", "book", "{}")]));

        Assert.Equal(4, call.Web.Requests.Count);
        Assert.Equal("-book failed", call.Tools.Last());
        Assert.Null(call.Ending);
    }

    [Fact]
    public async Task Tools_of_one_answer_run_at_the_same_time()
    {
        var call = Call(request => request.Messages[^1].Role is ChatRole.Tool
            ? [new LanguageModelToken.Text("Both.")]
            : [new LanguageModelToken.ToolCall("a", "book", "{}"), new LanguageModelToken.ToolCall("b", "book", """{"n":2}""")]);

        await using (await AskedAsync(call))
        {
            Assert.Equal(["+book {}", "+book {\"n\":2}", "-book ok", "-book ok"], call.Tools);
            Assert.Equal(["call-a", "call-b"], call.Web.Requests.Select(request => request.IdempotencyKey).Order());
            Assert.Equal(["a", "b"], call.Speech.Mind.Requests.Last().Messages.TakeLast(2).Select(message => message.Call!.Id));
        }
    }
}
