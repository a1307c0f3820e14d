using System.Net;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.ServiceDefaults.Outgoing;
using static Rapida.MediaRelay.Tests.Tools.CallsWithTools;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>A tool that is a server of the tenant's.</summary>
public sealed class HttpToolTests
{
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
}
