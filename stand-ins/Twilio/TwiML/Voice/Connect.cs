using System.Xml.Linq;
using Twilio.Http;

namespace Twilio.TwiML.Voice;

/// <summary>Connects the call and blocks the verbs after it.</summary>
public class Connect : TwiML
{
    public Connect(Uri action = null, HttpMethod method = null) : base("Connect")
    {
        Action = action;
        Method = method;
    }

    public Uri Action { get; set; }

    public HttpMethod Method { get; set; }

    public Connect Stream(string name = null, string connectorName = null, string url = null, Stream.TrackEnum track = null,
        string statusCallback = null, Stream.StatusCallbackMethodEnum statusCallbackMethod = null) =>
        Append(new Stream(name, connectorName, url, track, statusCallback, statusCallbackMethod));

    public new Connect Append(TwiML childElem) => (Connect)base.Append(childElem);

    public new Connect SetOption(string key, object value) => (Connect)base.SetOption(key, value);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("action", Action), ("method", Method));
}
