using System.Net;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Tools;

public sealed class ToolTests
{
    private static readonly HttpToolSettings Book = new()
    {
        Name = "book",
        Description = "Books an appointment.",
        Parameters = """{"type":"object"}""",
        Url = "https://clinic.example.com/book",
        Method = "POST",
        Headers = new Dictionary<string, string> { ["X-Key"] = "tenants-key" },
        Timeout = TimeSpan.FromSeconds(5),
    };

    [Fact]
    public async Task The_model_is_offered_what_the_deployment_allows_and_no_more()
    {
        await using var plain = await AskedAsync(Call(_ => [new LanguageModelToken.Text("Yes.")], settings => settings));
        await using var rich = await AskedAsync(Call(_ => [new LanguageModelToken.Text("Yes.")], settings => settings with
        {
            Tools = [Book], SendKeys = true,
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

    [Fact]
    public async Task Arguments_of_a_GET_go_into_the_query()
    {
        var look = new HttpToolSettings
        {
            Name = "look", Description = "Looks.", Parameters = "{}", Url = "https://clinic.example.com/slots?of=7", Method = "GET",
        };
        await using var call = await AskedAsync(Call(
            Once("look", """{"day":"next & monday","n":2}""", "", "There is."), settings => settings with { Tools = [look] }));

        Assert.Equal("GET https://clinic.example.com/slots?of=7&day=next%20%26%20monday&n=2", Assert.Single(call.Web.Requests).Line);
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

    public static TheoryData<string, Func<HttpResponseMessage>> Failures => new()
    {
        { "The server answered with status 409. Taken.", () => FakeWeb.Text("Taken.", HttpStatusCode.Conflict) },
        { "The answer is longer than 65536 bytes.", () => FakeWeb.Text(new string('x', 65_537)) },
        { "The server could not be reached, or broke off.", () => throw new HttpRequestException("refused at 10.0.0.1") },
        { "The address of this tool may not be reached.", () => throw new HttpRequestException("no", new AddressRefusedException("no")) },
        { "There was no answer in time. Whether it was done is not known.", () => throw new TaskCanceledException("connecting") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_server_that_fails_is_told_of_in_a_sentence_and_the_call_goes_on(string told, Func<HttpResponseMessage> answer)
    {
        var call = Call(Once("book", "{}", "", "I am sorry."));
        call.Web.Answer = _ => answer();

        await using (await AskedAsync(call))
        {
            Assert.Equal(told, call.Speech.Mind.Requests.Last().Messages[^1].Text);
            Assert.Equal(["+book {}", "-book failed"], call.Tools);
            Assert.Equal("I am sorry.", call.Turns.Last().Text);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_tools_own_time()
    {
        var call = Call(Once("book", "{}", "One moment.", "I am sorry."));
        call.Web.IsHolding = true;

        await using (await AskedAsync(call))
        {
            Assert.Equal(["+book {}"], call.Tools);
            await call.WaitAsync(4_000);
            Assert.Equal(["+book {}", "-book failed"], call.Tools);
            Assert.Equal("There was no answer in time. Whether it was done is not known.", call.Speech.Mind.Requests.Last().Messages[^1].Text);
            Assert.Equal("One moment. I am sorry.", call.Turns.Last().Text);
        }
    }

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

    /// <summary>A model that calls a tool once, and then says what it has to say.</summary>
    private static Func<LanguageModelRequest, IEnumerable<LanguageModelToken>> Once(string tool, string arguments, string before, string after) =>
        request => request.Messages[^1].Role is ChatRole.Tool || request.Messages.Any(message => message.Text == "thank you so much")
            ? [new LanguageModelToken.Text(after)]
            : [new LanguageModelToken.Text(before), new LanguageModelToken.ToolCall("1", tool, arguments)];

    private static PaperCall Call(
        Func<LanguageModelRequest, IEnumerable<LanguageModelToken>> model, Func<CallSettings, CallSettings>? settings = null)
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = model;
        return new PaperCall(speech, settings ?? (plain => plain with
        {
            Tools = [Book], SendKeys = true, TransferTargets = new Dictionary<string, string> { ["desk"] = "+15557654321" },
        }));
    }

    /// <summary>The caller has asked for something, and <paramref name="until"/> ms have gone by.</summary>
    private static async Task<PaperCall> AskedAsync(PaperCall call, int until = 2_500)
    {
        await call.AnswerAsync();
        call.Speech.Ears.WillHear("book monday");
        await call.HearOutAsync();
        await call.SayAsync(600);
        await call.WaitAsync(until);
        return call;
    }
}
