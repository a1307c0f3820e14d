using System.Xml.Linq;
using Twilio.Types;

namespace Twilio.TwiML.Voice;

/// <summary>Reads text aloud. Voices and languages other than these are given as strings.</summary>
public class Say : TwiML
{
    public Say(string message = null, VoiceEnum voice = null, int? loop = null, LanguageEnum language = null) : base("Say")
    {
        Message = message;
        Voice = voice;
        Loop = loop;
        Language = language;
    }

    public string Message { get; set; }

    public VoiceEnum Voice { get; set; }

    public int? Loop { get; set; }

    public LanguageEnum Language { get; set; }

    public new Say Append(TwiML childElem) => (Say)base.Append(childElem);

    public new Say SetOption(string key, object value) => (Say)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(Message);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("voice", Voice), ("loop", Loop), ("language", Language));

    public sealed class VoiceEnum : StringEnum
    {
        public static readonly VoiceEnum Man = new("man");
        public static readonly VoiceEnum Woman = new("woman");
        public static readonly VoiceEnum Alice = new("alice");

        public VoiceEnum() { }

        private VoiceEnum(string value) : base(value) { }

        public static implicit operator VoiceEnum(string value) => new(value);
    }

    public sealed class LanguageEnum : StringEnum
    {
        public static readonly LanguageEnum EnUs = new("en-US");
        public static readonly LanguageEnum EnGb = new("en-GB");
        public static readonly LanguageEnum DeDe = new("de-DE");
        public static readonly LanguageEnum EsEs = new("es-ES");
        public static readonly LanguageEnum FrFr = new("fr-FR");

        public LanguageEnum() { }

        private LanguageEnum(string value) : base(value) { }

        public static implicit operator LanguageEnum(string value) => new(value);
    }
}
