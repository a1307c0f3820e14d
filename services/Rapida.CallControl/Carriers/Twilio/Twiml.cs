using Twilio.TwiML;
using Twilio.TwiML.Voice;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>The documents that we answer Twilio with.</summary>
internal sealed class Twiml(PublicUrls urls)
{
    public const string ContentType = "application/xml";

    private const string DefaultErrorMessage = "We are sorry, something went wrong. Please call again later.";

    /// <summary>There is nothing left to do.</summary>
    public static string Empty => new VoiceResponse().ToString();

    public static string HangUp => new VoiceResponse().Hangup().ToString();

    /// <summary>The busy tone: the call is not answered, and costs nobody anything.</summary>
    public static string Busy => new VoiceResponse().Reject(reason: Reject.ReasonEnum.Busy).ToString();

    /// <summary>
    /// Any answer that is not TwiML makes Twilio say "an application error has occurred", so a call that cannot be held is still answered,
    /// and the deployment's own words are spoken.
    /// </summary>
    public static string SayAndHangUp(string? errorMessage) =>
        new VoiceResponse().Say(string.IsNullOrWhiteSpace(errorMessage) ? DefaultErrorMessage : errorMessage).Hangup().ToString();

    /// <summary>
    /// Opens the media stream. What comes after it is asked of <c>/next</c>: by <c>action</c> where Twilio calls it, by the redirect
    /// where it does not.
    /// </summary>
    public string Connect(string contextId, string ticket) => Append(new VoiceResponse(), contextId, ticket).ToString();

    public string PlayDigitsAndConnect(string digits, string contextId, string ticket) =>
        Append(new VoiceResponse().Play(digits: digits), contextId, ticket).ToString();

    /// <summary>Rings somebody else; what becomes of it is asked of <c>/next</c>.</summary>
    public string Dial(string number, string contextId) =>
        new VoiceResponse().Dial(number, action: urls.Next(contextId), method: global::Twilio.Http.HttpMethod.Post).ToString();

    private VoiceResponse Append(VoiceResponse response, string contextId, string ticket)
    {
        var stream = new global::Twilio.TwiML.Voice.Stream(url: urls.Stream(contextId).AbsoluteUri, statusCallback: urls.Event(contextId).AbsoluteUri);
        stream.Parameter(name: "ticket", value: ticket);
        var connect = new Connect(action: urls.Next(contextId), method: global::Twilio.Http.HttpMethod.Post);
        connect.Append(stream);
        return response.Append(connect).Redirect(urls.Next(contextId), method: global::Twilio.Http.HttpMethod.Post);
    }
}
