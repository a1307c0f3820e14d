using System.Xml.Linq;
using Twilio.Http;

namespace Twilio.TwiML.Voice;

/// <summary>Goes on with another document.</summary>
public class Redirect : TwiML
{
    public Redirect(Uri url = null, HttpMethod method = null) : base("Redirect")
    {
        Url = url;
        Method = method;
    }

    public Uri Url { get; set; }

    public HttpMethod Method { get; set; }

    public new Redirect Append(TwiML childElem) => (Redirect)base.Append(childElem);

    public new Redirect SetOption(string key, object value) => (Redirect)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(Url);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("method", Method));
}
