using System.Xml.Linq;
using Twilio.TwiML;
using Twilio.TwiML.Voice;
using Xunit;

namespace StandIns.Tests.Twilio;

public sealed class TwimlTests
{
    private const string Declaration = """<?xml version="1.0" encoding="utf-8"?>""";

    [Fact]
    public void A_stream_is_connected_with_its_parameters()
    {
        var response = new VoiceResponse()
            .Append(new Connect(action: new Uri("https://voice.example.com/next#rc=3"))
                .Append(new global::Twilio.TwiML.Voice.Stream(
                        url: "wss://media.example.com/ctx/1", statusCallback: "https://voice.example.com/event",
                        statusCallbackMethod: global::Twilio.TwiML.Voice.Stream.StatusCallbackMethodEnum.Post)
                    .Parameter("ticket", "a<b&\"c\"")))
            .Redirect(new Uri("https://voice.example.com/next?a=1&b=2"));

        Assert.Equal(
            $"""
            {Declaration}
            <Response>
              <Connect action="https://voice.example.com/next#rc=3">
                <Stream url="wss://media.example.com/ctx/1" statusCallback="https://voice.example.com/event" statusCallbackMethod="POST">
                  <Parameter name="ticket" value="a&lt;b&amp;&quot;c&quot;"></Parameter>
                </Stream>
              </Connect>
              <Redirect>https://voice.example.com/next?a=1&amp;b=2</Redirect>
            </Response>
            """,
            response.ToString());
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Each_verb_writes_its_attributes_in_the_official_order(VoiceResponse response, string verb) =>
        Assert.Equal($"{Declaration}<Response>{verb}</Response>", response.ToString(SaveOptions.DisableFormatting));

    public static TheoryData<VoiceResponse, string> Verbs => new()
    {
        { new VoiceResponse(), "" },
        { new VoiceResponse().Hangup(), "<Hangup></Hangup>" },
        { new VoiceResponse().Pause(2), """<Pause length="2"></Pause>""" },
        { new VoiceResponse().Play(digits: "ww12#"), """<Play digits="ww12#"></Play>""" },
        { new VoiceResponse().Play(new Uri("https://cdn.example.com/a.wav"), loop: 2), """<Play loop="2">https://cdn.example.com/a.wav</Play>""" },
        { new VoiceResponse().Reject(Reject.ReasonEnum.Busy), """<Reject reason="busy"></Reject>""" },
        { new VoiceResponse().Redirect(new Uri("/next", UriKind.Relative), global::Twilio.Http.HttpMethod.Get), """<Redirect method="GET">/next</Redirect>""" },
        {
            new VoiceResponse().Say("Grüße & <more>", "Polly.Vicki", 1, "de-DE"),
            """<Say voice="Polly.Vicki" loop="1" language="de-DE">Grüße &amp; &lt;more&gt;</Say>"""
        },
        {
            new VoiceResponse().Dial("+15551230000", timeout: 20, hangupOnStar: true, callerId: "+13125550123",
                record: Dial.RecordEnum.RecordFromAnswerDual, answerOnBridge: false, action: new Uri("https://voice.example.com/next")),
            """<Dial action="https://voice.example.com/next" timeout="20" hangupOnStar="true" callerId="+13125550123" record="record-from-answer-dual" answerOnBridge="false">+15551230000</Dial>"""
        },
        {
            new VoiceResponse().Append(new Dial().Number("+15551230000", sendDigits: "w1",
                statusCallbackEvent: [Number.EventEnum.Initiated, Number.EventEnum.Answered],
                statusCallback: new Uri("https://voice.example.com/event"))),
            """<Dial><Number sendDigits="w1" statusCallbackEvent="initiated answered" statusCallback="https://voice.example.com/event">+15551230000</Number></Dial>"""
        },
        {
            new VoiceResponse().Append(new Dial().Conference("room", muted: true, beep: Conference.BeepEnum.False)),
            """<Dial><Conference muted="true" beep="false">room</Conference></Dial>"""
        },
    };

    [Fact]
    public void What_the_library_has_no_class_for_is_added_by_name()
    {
        var response = new VoiceResponse();
        response.AddChild("Start").AddChild("Recording").SetOption("channels", "dual").SetOption("track", "both").SetOption("channels", "mono");
        response.AddText("tail");

        Assert.Equal(
            $"""{Declaration}<Response><Start><Recording track="both" channels="mono"></Recording></Start>tail</Response>""",
            response.ToString(SaveOptions.DisableFormatting));
    }

    [Fact]
    public void Only_a_direct_ToString_writes_the_document()
    {
        var response = new VoiceResponse().Hangup();

        Assert.Equal(response.ToString(SaveOptions.None), response.ToString());
        Assert.Equal("Response", response.ToXDocument().Root!.Name.LocalName);
    }

    [Fact]
    public void A_message_is_answered()
    {
        var response = new MessagingResponse().Message("Hello", to: "+15551230000", action: new Uri("https://voice.example.com/sent"));

        Assert.Equal(
            $"""{Declaration}<Response><Message to="+15551230000" action="https://voice.example.com/sent">Hello</Message></Response>""",
            response.ToString(SaveOptions.DisableFormatting));
    }
}
