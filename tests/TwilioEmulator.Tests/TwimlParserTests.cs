using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Tests;

public sealed class TwimlParserTests
{
    [Fact]
    public void Verbs_come_in_order_with_twilios_defaults()
    {
        var document = TwimlParser.Parse("""
            <?xml version="1.0" encoding="UTF-8"?>
            <Response><!-- note --><Say>Hello
               there</Say><Pause/><Connect action="/next"><Stream url="wss://a/b"/></Connect><Redirect method="GET">/x</Redirect></Response>
            """);

        Assert.Empty(document.Warnings);
        Assert.Equal(new SayVerb("Hello there", 1), document.Verbs[0]);
        Assert.Equal(new PauseVerb(TimeSpan.FromSeconds(1)), document.Verbs[1]);
        var connect = Assert.IsType<ConnectVerb>(document.Verbs[2]);
        Assert.Equal(("/next", "POST", "wss://a/b", "POST"), (connect.Action, connect.Method, connect.Stream.Url, connect.Stream.StatusCallbackMethod));
        Assert.Equal(new RedirectVerb("/x", "GET"), document.Verbs[3]);
    }

    [Theory]
    [InlineData("<Connect><Stream url='wss://a/b' statusCallbackEvent='start'/></Connect>")]
    [InlineData("<Say Voice='x'>Hello</Say>")]
    [InlineData("<say>Hello</say>")]
    [InlineData("<Connect><Stream url='wss://a/b'><Param name='a' value='b'/></Stream></Connect>")]
    [InlineData("<Hangup reason='x'/>")]
    public void What_twilio_does_not_know_is_a_warning_and_is_ignored(string verbs)
    {
        var warning = Assert.Single(TwimlParser.Parse($"<Response>{verbs}</Response>").Warnings);

        Assert.Equal(12200, warning.Code);
    }

    [Theory]
    [InlineData("<Response><Redirect>http://a/?b=c&d=e</Redirect></Response>", 12100)]
    [InlineData("<Response><Say>Hello</Response>", 12100)]
    [InlineData("", 12100)]
    [InlineData("<response/>", 12102)]
    public void What_is_no_document_is_an_error(string twiml, int code) =>
        Assert.Equal(code, Assert.Throws<TwimlException>(() => TwimlParser.Parse(twiml)).Code);

    [Fact]
    public void A_document_over_64_kB_is_refused()
    {
        var body = $"<Response><!--{new string('x', 64 * 1024)}--></Response>";

        Assert.Equal(11750, Assert.Throws<TwimlException>(() => TwimlParser.Parse(body)).Code);
    }

    [Fact]
    public void A_parameter_of_500_characters_is_ignored()
    {
        var document = TwimlParser.Parse($"<Response><Connect><Stream url='wss://a/b'><Parameter name='a' value='{new string('x', 499)}'/></Stream></Connect></Response>");

        Assert.Empty(Assert.IsType<ConnectVerb>(document.Verbs[0]).Stream.Parameters);
        Assert.Equal(12200, Assert.Single(document.Warnings).Code);
    }
}
