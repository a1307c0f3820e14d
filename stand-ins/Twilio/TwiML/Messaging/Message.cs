using System.Xml.Linq;
using Twilio.Http;

namespace Twilio.TwiML.Messaging;

/// <summary>Sends a message.</summary>
public class Message : TwiML
{
    public Message(string body = null, string to = null, string from = null, Uri action = null, HttpMethod method = null,
        Uri statusCallback = null) : base("Message")
    {
        BodyAttribute = body;
        To = to;
        From = from;
        Action = action;
        Method = method;
        StatusCallback = statusCallback;
    }

    public string BodyAttribute { get; set; }

    public string To { get; set; }

    public string From { get; set; }

    public Uri Action { get; set; }

    public HttpMethod Method { get; set; }

    public Uri StatusCallback { get; set; }

    public new Message Append(TwiML childElem) => (Message)base.Append(childElem);

    public new Message SetOption(string key, object value) => (Message)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(BodyAttribute);

    protected override List<XAttribute> GetElementAttributes() => Attributes(
        ("to", To), ("from", From), ("action", Action), ("method", Method), ("statusCallback", StatusCallback));
}
