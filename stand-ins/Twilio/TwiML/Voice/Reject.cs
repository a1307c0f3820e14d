using System.Xml.Linq;
using Twilio.Types;

namespace Twilio.TwiML.Voice;

/// <summary>Refuses an incoming call, without a charge when it is the first verb.</summary>
public class Reject : TwiML
{
    public Reject(ReasonEnum reason = null) : base("Reject") =>
        Reason = reason;

    public ReasonEnum Reason { get; set; }

    public new Reject Append(TwiML childElem) => (Reject)base.Append(childElem);

    public new Reject SetOption(string key, object value) => (Reject)base.SetOption(key, value);

    protected override List<XAttribute> GetElementAttributes() => Attributes(("reason", Reason));

    public sealed class ReasonEnum : StringEnum
    {
        public static readonly ReasonEnum Rejected = new("rejected");
        public static readonly ReasonEnum Busy = new("busy");

        public ReasonEnum() { }

        private ReasonEnum(string value) : base(value) { }

        public static implicit operator ReasonEnum(string value) => new(value);
    }
}
