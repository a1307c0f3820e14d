using FsCheck;
using FsCheck.Fluent;
using Rapida.Speech;
using Rapida.Speech.Scripted;

namespace Speech.Tests;

public sealed class ScriptedDialogueTests
{
    private readonly List<ChatMessage> _messages = [];

    [Fact]
    public async Task An_appointment_is_made_in_the_order_of_the_questions()
    {
        Assert.Contains("What day", (await SayAsync("hello")).Text);
        Assert.Equal("At what time on Monday?", (await SayAsync("monday")).Text);
        Assert.Contains("phone number", (await SayAsync("ten thirty")).Text);
        var readBack = await SayAsync("five five five one two three four");
        Assert.Equal("So that is Monday at ten thirty in the morning, and your number is 5 5 5, 1 2 3 4. Is that right? Say yes, or press one.", readBack.Text);
        Assert.Equal(RecognitionHint.YesOrNo, readBack.Expecting);
        Assert.Null(readBack.Tool);

        var end = await SayAsync("yes that's right");

        Assert.Equal("end_call", end.Tool?.Name);
        Assert.Equal("""{"outcome":"booked"}""", end.Tool?.ArgumentsJson);
        Assert.Equal(["day=monday", "digits=5551234", "time=10:30"], end.Collected);
    }

    [Fact]
    public async Task Everything_may_come_in_one_sentence()
    {
        var answer = await SayAsync("I'd like to come on Tuesday at three o'clock, my number is 555-1234.");

        Assert.Equal(["day=tuesday", "digits=5551234", "time=15:00"], answer.Collected);
        Assert.StartsWith("So that is Tuesday at three in the afternoon", answer.Text);
    }

    [Theory]
    [InlineData(true, "transfer_call", "I connect you with the reception.")]
    [InlineData(false, null, "Sorry, I did not get the day. Please say a day of the week, for example Monday.")]
    public async Task A_key_has_a_tool_called_where_it_is_allowed(bool isAllowed, string? tool, string said)
    {
        var tokens = await new ScriptedLanguageModel()
            .RespondAsync(Request(isAllowed, ChatMessage.FromKeypad("0#")), CancellationToken.None).ToListAsync();

        Assert.Equal(said, string.Concat(tokens.OfType<LanguageModelToken.Text>().Select(text => text.Value)));
        Assert.Equal(tool, tokens.OfType<LanguageModelToken.ToolCall>().SingleOrDefault()?.Name);
    }

    [Fact]
    public async Task After_a_break_the_question_is_asked_again_and_the_key_was_no_answer()
    {
        var request = Request(
            true, ChatMessage.FromCaller("monday"), ChatMessage.FromKeypad("0"), ChatMessage.FromAssistant("I connect you."),
            new ChatMessage(ChatRole.Tool, "The line is busy."));

        var tokens = await new ScriptedLanguageModel().RespondAsync(request, CancellationToken.None).ToListAsync();

        Assert.Equal("Here I am again. At what time on Monday?", string.Concat(tokens.OfType<LanguageModelToken.Text>().Select(text => text.Value)));
        Assert.Empty(tokens.OfType<LanguageModelToken.ToolCall>());
    }

    private static LanguageModelRequest Request(bool allowsTransfer, params ChatMessage[] messages) => new("appointment", "", messages)
    {
        Tools = allowsTransfer ? [ToolDefinition.EndCall, new ToolDefinition("transfer_call", "Transfers.")] : [ToolDefinition.EndCall],
    };

    [Fact]
    public async Task Digits_come_in_pieces()
    {
        await SayAsync("friday at nine");
        Assert.Equal("I have 5 5 5. Please go on.", (await SayAsync("five five five")).Text);

        Assert.Contains("digits=5551234", (await SayAsync("one two three four")).Collected);
    }

    [Fact]
    public async Task The_keypad_answers_every_question()
    {
        Assert.Contains("Wednesday", (await PressAsync("3")).Text);
        await PressAsync("1030#");
        await PressAsync("555");
        Assert.Contains("number is 5 5 5, 1 2 3 4", (await PressAsync("1234#")).Text);

        var end = await PressAsync("1");

        Assert.Equal(["day=wednesday", "digits=5551234", "time=10:30"], end.Collected);
        Assert.Equal("end_call", end.Tool?.Name);
    }

    [Theory]
    [InlineData("no", "the day", "thursday")]
    [InlineData("no that's wrong", "can we change the day", "i meant thursday")]
    public async Task What_was_wrong_is_asked_for_and_read_back_again(string no, string which, string correction)
    {
        await SayAsync("tuesday at nine fifteen");
        await SayAsync("five five five one two three four");
        Assert.StartsWith("What shall I change?", (await SayAsync(no)).Text);
        Assert.StartsWith("What day", (await SayAsync(which)).Text);

        Assert.StartsWith("So that is Thursday at nine fifteen in the morning", (await SayAsync(correction)).Text);
    }

    [Theory]
    [InlineData("no thursday")]
    [InlineData("no i said thursday at nine fifteen")]
    public async Task A_correction_at_the_read_back_is_taken_at_once(string correction)
    {
        await SayAsync("tuesday at nine fifteen");
        await SayAsync("five five five one two three four");

        Assert.StartsWith("So that is Thursday at nine fifteen in the morning", (await SayAsync(correction)).Text);
    }

    [Fact]
    public async Task Yes_with_what_was_read_back_is_a_yes()
    {
        await SayAsync("tuesday at nine fifteen");
        await SayAsync("five five five one two three four");

        Assert.NotNull((await SayAsync("yes tuesday at nine fifteen")).Tool);
    }

    [Fact]
    public async Task Who_is_not_understood_is_asked_again_differently_and_at_last_let_go()
    {
        Assert.StartsWith("Sorry", (await SayAsync("credit card")).Text);
        Assert.Contains("press one for Monday", (await SayAsync("pizza")).Text);
        Assert.Null((await SayAsync("")).Tool);

        var end = await SayAsync("table");

        Assert.Equal("""{"outcome":"not_understood"}""", end.Tool?.ArgumentsJson);
    }

    [Fact]
    public async Task An_answer_that_is_understood_forgives_those_before_it()
    {
        for (var i = 0; i < 3; i++)
            await SayAsync("pizza");
        await SayAsync("monday");

        for (var i = 0; i < 3; i++)
            Assert.Null((await SayAsync("pizza")).Tool);
    }

    [Fact]
    public async Task Who_says_goodbye_may_go()
    {
        await SayAsync("monday");

        Assert.Equal("""{"outcome":"left"}""", (await SayAsync("i'll call back later bye")).Tool?.ArgumentsJson);
    }

    [Fact]
    public async Task A_script_can_be_given_as_the_prompt()
    {
        const string Script = """
            { "slots": [ { "name": "pin", "kind": "digits", "lengths": [4], "ask": "Your code for {{shop}}?", "retry": "Again?", "keypad": "Press it." } ],
              "confirm": "{{pin}}?", "confirmRetry": "{{pin}}?", "change": "What?", "goodbye": "Bye.", "farewell": "Bye.", "giveUp": "Bye." }
            """;

        Assert.Equal("Your code for Flowers?", (await AskAsync(Script)).Text);
        Assert.Equal("1 2 3 4?", (await SayAsync("one two three four", Script)).Text);
        Assert.Contains("not a script", (await Assert.ThrowsAsync<SpeechProviderException>(() => AskAsync("{ \"slots\": 1 }"))).Message);
    }

    [Fact]
    public void Whatever_a_caller_says_the_dialogue_asks_confirms_or_ends_and_books_only_what_is_complete()
    {
        string[] said =
        [
            "monday", "no tuesday", "ten thirty", "at three o'clock", "five five five", "one two three four", "five five five one two three four five six seven",
            "yes", "no", "the day", "the number", "start over", "pizza", "", "hello", "repeat", "dtmf:1", "dtmf:2#", "dtmf:5551234#", "dtmf:*", "12345678901234",
        ];
        Prop.ForAll(Gen.Elements(said).ListOf().ToArbitrary(), heard =>
        {
            var dialogue = heard.Aggregate(new Dialogue(DialogueScript.BuiltIn("appointment")), (state, words) => state.Hear(words));
            return dialogue.Stage switch
            {
                DialogueStage.Asking => dialogue.Asked is not null && dialogue.Partial.Length < 10,
                DialogueStage.Confirming or DialogueStage.Changing or DialogueStage.Booked =>
                    dialogue.Asked is null && dialogue.Slots["digits"].Length is 7 or 10 && dialogue.Partial == "",
                _ => true,
            };
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task The_same_messages_give_the_same_answer()
    {
        await SayAsync("monday");
        var once = await AskAsync();

        Assert.Equal(once.Text, (await AskAsync()).Text);
    }

    private Task<Answer> SayAsync(string words, string prompt = "")
    {
        _messages.Add(ChatMessage.FromCaller(words));
        return AskAsync(prompt);
    }

    private Task<Answer> PressAsync(string keys)
    {
        _messages.Add(ChatMessage.FromKeypad(keys));
        return AskAsync();
    }

    private async Task<Answer> AskAsync(string prompt = "")
    {
        var request = new LanguageModelRequest("appointment", prompt, _messages) { Variables = new Dictionary<string, string> { ["shop"] = "Flowers" } };
        var answer = new Answer("", [], default, null);
        await foreach (var token in new ScriptedLanguageModel().RespondAsync(request, CancellationToken.None))
        {
            answer = token switch
            {
                LanguageModelToken.Text text => answer with { Text = answer.Text + text.Value },
                LanguageModelToken.Collected collected => answer with { Collected = [.. collected.Slots.Select(slot => $"{slot.Key}={slot.Value}").Order()] },
                LanguageModelToken.Expecting expecting => answer with { Expecting = expecting.Hint },
                LanguageModelToken.ToolCall tool => answer with { Tool = tool },
                _ => answer,
            };
        }

        _messages.Add(ChatMessage.FromAssistant(answer.Text));
        return answer;
    }

    private sealed record Answer(string Text, string[] Collected, RecognitionHint Expecting, LanguageModelToken.ToolCall? Tool);
}
