using System.Xml.Linq;

namespace Twilio.TwiML.Voice;

/// <summary>Plays an audio file or digits.</summary>
public class Play : TwiML
{
    public Play(Uri url = null, int? loop = null, string digits = null) : base("Play")
    {
        Url = url;
        Loop = loop;
        Digits = digits;
    }

    public Uri Url { get; set; }

    public int? Loop { get; set; }

    public string Digits { get; set; }

    public new Play Append(TwiML childElem) => (Play)base.Append(childElem);

    public new Play SetOption(string key, object value) => (Play)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(Url);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("loop", Loop), ("digits", Digits));
}
