using System.Xml.Linq;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.TwiML.Voice;

/// <summary>A number to dial.</summary>
public class Number : TwiML
{
    public Number(PhoneNumber phoneNumber = null, string sendDigits = null, Uri url = null, HttpMethod method = null,
        IEnumerable<EventEnum> statusCallbackEvent = null, Uri statusCallback = null, HttpMethod statusCallbackMethod = null,
        string byoc = null, string machineDetection = null, HttpMethod amdStatusCallbackMethod = null, string amdStatusCallback = null,
        int? machineDetectionTimeout = null, int? machineDetectionSpeechThreshold = null, int? machineDetectionSpeechEndThreshold = null,
        int? machineDetectionSilenceTimeout = null) : base("Number")
    {
        PhoneNumber = phoneNumber;
        SendDigits = sendDigits;
        Url = url;
        Method = method;
        StatusCallbackEvent = statusCallbackEvent;
        StatusCallback = statusCallback;
        StatusCallbackMethod = statusCallbackMethod;
        Byoc = byoc;
        MachineDetection = machineDetection;
        AmdStatusCallbackMethod = amdStatusCallbackMethod;
        AmdStatusCallback = amdStatusCallback;
        MachineDetectionTimeout = machineDetectionTimeout;
        MachineDetectionSpeechThreshold = machineDetectionSpeechThreshold;
        MachineDetectionSpeechEndThreshold = machineDetectionSpeechEndThreshold;
        MachineDetectionSilenceTimeout = machineDetectionSilenceTimeout;
    }

    public PhoneNumber PhoneNumber { get; set; }

    public string SendDigits { get; set; }

    public Uri Url { get; set; }

    public HttpMethod Method { get; set; }

    public IEnumerable<EventEnum> StatusCallbackEvent { get; set; }

    public Uri StatusCallback { get; set; }

    public HttpMethod StatusCallbackMethod { get; set; }

    public string Byoc { get; set; }

    public string MachineDetection { get; set; }

    public HttpMethod AmdStatusCallbackMethod { get; set; }

    public string AmdStatusCallback { get; set; }

    public int? MachineDetectionTimeout { get; set; }

    public int? MachineDetectionSpeechThreshold { get; set; }

    public int? MachineDetectionSpeechEndThreshold { get; set; }

    public int? MachineDetectionSilenceTimeout { get; set; }

    public new Number Append(TwiML childElem) => (Number)base.Append(childElem);

    public new Number SetOption(string key, object value) => (Number)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(PhoneNumber);

    protected override List<XAttribute> GetElementAttributes() => Attributes(
        ("sendDigits", SendDigits), ("url", Url), ("method", Method), ("statusCallbackEvent", StatusCallbackEvent),
        ("statusCallback", StatusCallback), ("statusCallbackMethod", StatusCallbackMethod), ("byoc", Byoc),
        ("machineDetection", MachineDetection), ("amdStatusCallbackMethod", AmdStatusCallbackMethod),
        ("amdStatusCallback", AmdStatusCallback), ("machineDetectionTimeout", MachineDetectionTimeout),
        ("machineDetectionSpeechThreshold", MachineDetectionSpeechThreshold),
        ("machineDetectionSpeechEndThreshold", MachineDetectionSpeechEndThreshold),
        ("machineDetectionSilenceTimeout", MachineDetectionSilenceTimeout));

    public sealed class EventEnum : StringEnum
    {
        public static readonly EventEnum Initiated = new("initiated");
        public static readonly EventEnum Ringing = new("ringing");
        public static readonly EventEnum Answered = new("answered");
        public static readonly EventEnum Completed = new("completed");

        public EventEnum() { }

        private EventEnum(string value) : base(value) { }

        public static implicit operator EventEnum(string value) => new(value);
    }
}
