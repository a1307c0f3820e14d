using System.Text;
using System.Xml.Linq;

namespace Twilio.TwiML;

/// <summary>An element of a TwiML document.</summary>
public class TwiML
{
    private readonly string _tagName;
    private readonly List<TwiML> _children = [];
    private readonly List<KeyValuePair<string, string>> _options = [];

    protected TwiML(string tagName) => _tagName = tagName;

    /// <summary>Adds a child and returns this element.</summary>
    public virtual TwiML Append(TwiML childElem)
    {
        _children.Add(childElem);
        return this;
    }

    /// <summary>Adds text between the children and returns this element.</summary>
    public TwiML AddText(string text) => Append(new Text(text));

    /// <summary>Adds a child and returns the child.</summary>
    public T Nest<T>(T childElem) where T : TwiML
    {
        _children.Add(childElem);
        return childElem;
    }

    /// <summary>Adds a child that this library has no class for, and returns the child.</summary>
    public TwiML AddChild(string tagName) => Nest(new TwiML(tagName));

    /// <summary>Sets an attribute that this library has no property for, after those that it has.</summary>
    public TwiML SetOption(string key, object value)
    {
        _options.RemoveAll(option => option.Key == key);
        _options.Add(new(key, value.ToString()));
        return this;
    }

    public virtual string GetOption(string key) => _options.Find(option => option.Key == key).Value;

    public XDocument ToXDocument() => new(new XDeclaration("1.0", "utf-8", null), ToXml());

    /// <summary>The document. Without an argument this is the method that <c>ToString()</c> means; a conversion to a string that
    /// goes through <see cref="object"/>, as in an interpolation, gives the name of the type.</summary>
    public string ToString(SaveOptions formattingOptions = SaveOptions.None)
    {
        using var writer = new Utf8Writer();
        ToXDocument().Save(writer, formattingOptions);
        return writer.ToString();
    }

    protected virtual string GetElementBody() => null;

    protected virtual List<XAttribute> GetElementAttributes() => [];

    private protected static List<XAttribute> Attributes(params IEnumerable<(string Name, object Value)> attributes) =>
    [
        .. from attribute in attributes
           where attribute.Value is not null
           select new XAttribute(attribute.Name, attribute.Value is IEnumerable<object> list
               ? string.Join(' ', list.Select(Wire.Text))
               : Wire.Text(attribute.Value)),
    ];

    private protected virtual XNode ToXml()
    {
        // An empty string, unlike null, closes an element without content by an end tag.
        var element = new XElement(_tagName, GetElementBody() ?? "");
        element.Add(GetElementAttributes());
        element.Add(_options.Select(option => new XAttribute(Name(option.Key), option.Value)));
        element.Add(_children.Select(child => child.ToXml()));
        return element;
    }

    private static XName Name(string key) => key.StartsWith("xml:", StringComparison.Ordinal) ? XNamespace.Xml + key[4..] : key;

    private sealed class Text(string content) : TwiML(null)
    {
        private protected override XNode ToXml() => new XText(content);
    }

    private sealed class Utf8Writer : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
