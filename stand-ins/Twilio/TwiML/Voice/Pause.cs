using System.Xml.Linq;

namespace Twilio.TwiML.Voice;

/// <summary>Silence, in seconds.</summary>
public class Pause : TwiML
{
    public Pause(int? length = null) : base("Pause") =>
        Length = length;

    public int? Length { get; set; }

    public new Pause Append(TwiML childElem) => (Pause)base.Append(childElem);

    public new Pause SetOption(string key, object value) => (Pause)base.SetOption(key, value);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("length", Length));
}
