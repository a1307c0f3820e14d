using System.Xml.Linq;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Carriers.Twilio;

namespace CallControl.Tests;

public sealed class TwimlTests
{
    private readonly Twiml _twiml = new(new PublicUrls(Options.Create(
        new PublicUrlOptions { BaseUrl = new(CallsUnderTest.PublicUrl), MediaUrl = new(CallsUnderTest.MediaUrl) })));

    [Theory]
    [InlineData("+15557654321")]
    [InlineData("+1</Dial><Say>free calls</Say><Dial>")]
    [InlineData("\"&'<!--")]
    [InlineData("]]>")]
    public void Whatever_is_dialled_is_one_text_and_no_markup(string number)
    {
        var dial = Assert.Single(XDocument.Parse(_twiml.Dial(number, "context")).Root!.Elements());

        Assert.Equal(("Dial", number), (dial.Name.LocalName, dial.Value));
        Assert.All(dial.Nodes(), node => Assert.IsType<XText>(node));
    }

    [Fact]
    public void Whatever_is_played_is_one_attribute()
    {
        var play = XDocument.Parse(_twiml.PlayDigitsAndConnect("1\"/><Hangup/>", "context", "ticket")).Root!.Elements().First();

        Assert.Equal(("Play", "1\"/><Hangup/>"), (play.Name.LocalName, play.Attribute("digits")!.Value));
    }
}
