using Twilio.Http;
using Twilio.TwiML.Messaging;

namespace Twilio.TwiML;

/// <summary>How to answer a message.</summary>
public class MessagingResponse : TwiML
{
    public MessagingResponse() : base("Response") { }

    public MessagingResponse Message(string body = null, string to = null, string from = null, Uri action = null, HttpMethod method = null,
        Uri statusCallback = null) =>
        Append(new Message(body, to, from, action, method, statusCallback));

    public new MessagingResponse Append(TwiML childElem) => (MessagingResponse)base.Append(childElem);

    public new MessagingResponse SetOption(string key, object value) => (MessagingResponse)base.SetOption(key, value);
}
