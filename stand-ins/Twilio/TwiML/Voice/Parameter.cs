using System.Xml.Linq;

namespace Twilio.TwiML.Voice;

/// <summary>A value for the start of a stream. Name and value together stay below 500 characters.</summary>
public class Parameter : TwiML
{
    public Parameter(string name = null, string value = null) : base("Parameter")
    {
        Name = name;
        Value = value;
    }

    public string Name { get; set; }

    public string Value { get; set; }

    public new Parameter Append(TwiML childElem) => (Parameter)base.Append(childElem);

    public new Parameter SetOption(string key, object value) => (Parameter)base.SetOption(key, value);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("name", Name), ("value", Value));
}
