using System.Xml.Linq;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.TwiML.Voice;

/// <summary>Calls someone and bridges them with the caller.</summary>
public class Dial : TwiML
{
    public Dial(string number = null, Uri action = null, HttpMethod method = null, int? timeout = null, bool? hangupOnStar = null,
        int? timeLimit = null, string callerId = null, RecordEnum record = null, TrimEnum trim = null, Uri recordingStatusCallback = null,
        string recordingConfigurationId = null, HttpMethod recordingStatusCallbackMethod = null,
        IEnumerable<RecordingEventEnum> recordingStatusCallbackEvent = null, bool? answerOnBridge = null, RingToneEnum ringTone = null,
        RecordingTrackEnum recordingTrack = null, bool? sequential = null, Uri referUrl = null, HttpMethod referMethod = null,
        EventsEnum events = null) : base("Dial")
    {
        NumberAttribute = number;
        Action = action;
        Method = method;
        Timeout = timeout;
        HangupOnStar = hangupOnStar;
        TimeLimit = timeLimit;
        CallerId = callerId;
        Record = record;
        Trim = trim;
        RecordingStatusCallback = recordingStatusCallback;
        RecordingConfigurationId = recordingConfigurationId;
        RecordingStatusCallbackMethod = recordingStatusCallbackMethod;
        RecordingStatusCallbackEvent = recordingStatusCallbackEvent;
        AnswerOnBridge = answerOnBridge;
        RingTone = ringTone;
        RecordingTrack = recordingTrack;
        Sequential = sequential;
        ReferUrl = referUrl;
        ReferMethod = referMethod;
        Events = events;
    }

    public string NumberAttribute { get; set; }

    public Uri Action { get; set; }

    public HttpMethod Method { get; set; }

    public int? Timeout { get; set; }

    public bool? HangupOnStar { get; set; }

    public int? TimeLimit { get; set; }

    public string CallerId { get; set; }

    public RecordEnum Record { get; set; }

    public TrimEnum Trim { get; set; }

    public Uri RecordingStatusCallback { get; set; }

    public string RecordingConfigurationId { get; set; }

    public HttpMethod RecordingStatusCallbackMethod { get; set; }

    public IEnumerable<RecordingEventEnum> RecordingStatusCallbackEvent { get; set; }

    public bool? AnswerOnBridge { get; set; }

    public RingToneEnum RingTone { get; set; }

    public RecordingTrackEnum RecordingTrack { get; set; }

    public bool? Sequential { get; set; }

    public Uri ReferUrl { get; set; }

    public HttpMethod ReferMethod { get; set; }

    public EventsEnum Events { get; set; }

    public Dial Conference(string name = null, bool? muted = null, Conference.BeepEnum beep = null, bool? startConferenceOnEnter = null,
        bool? endConferenceOnExit = null, Uri waitUrl = null, HttpMethod waitMethod = null, int? maxParticipants = null,
        Conference.RecordEnum record = null, string recordingConfigurationId = null, Conference.RegionEnum region = null,
        string coach = null, Conference.TrimEnum trim = null, IEnumerable<Conference.EventEnum> statusCallbackEvent = null,
        Uri statusCallback = null, HttpMethod statusCallbackMethod = null, Uri recordingStatusCallback = null,
        HttpMethod recordingStatusCallbackMethod = null, IEnumerable<Conference.RecordingEventEnum> recordingStatusCallbackEvent = null,
        Uri eventCallbackUrl = null, Conference.JitterBufferSizeEnum jitterBufferSize = null, string participantLabel = null) =>
        Append(new Conference(name, muted, beep, startConferenceOnEnter, endConferenceOnExit, waitUrl, waitMethod, maxParticipants, record,
            recordingConfigurationId, region, coach, trim, statusCallbackEvent, statusCallback, statusCallbackMethod,
            recordingStatusCallback, recordingStatusCallbackMethod, recordingStatusCallbackEvent, eventCallbackUrl, jitterBufferSize,
            participantLabel));

    public Dial Number(PhoneNumber phoneNumber = null, string sendDigits = null, Uri url = null, HttpMethod method = null,
        IEnumerable<Number.EventEnum> statusCallbackEvent = null, Uri statusCallback = null, HttpMethod statusCallbackMethod = null,
        string byoc = null, string machineDetection = null, HttpMethod amdStatusCallbackMethod = null, string amdStatusCallback = null,
        int? machineDetectionTimeout = null, int? machineDetectionSpeechThreshold = null, int? machineDetectionSpeechEndThreshold = null,
        int? machineDetectionSilenceTimeout = null) =>
        Append(new Number(phoneNumber, sendDigits, url, method, statusCallbackEvent, statusCallback, statusCallbackMethod, byoc,
            machineDetection, amdStatusCallbackMethod, amdStatusCallback, machineDetectionTimeout, machineDetectionSpeechThreshold,
            machineDetectionSpeechEndThreshold, machineDetectionSilenceTimeout));

    public new Dial Append(TwiML childElem) => (Dial)base.Append(childElem);

    public new Dial SetOption(string key, object value) => (Dial)base.SetOption(key, value);

    protected override string GetElementBody() => Wire.Text(NumberAttribute);

    protected override List<XAttribute> GetElementAttributes() => Attributes(
        ("action", Action), ("method", Method), ("timeout", Timeout), ("hangupOnStar", HangupOnStar), ("timeLimit", TimeLimit),
        ("callerId", CallerId), ("record", Record), ("trim", Trim), ("recordingStatusCallback", RecordingStatusCallback),
        ("recordingConfigurationId", RecordingConfigurationId), ("recordingStatusCallbackMethod", RecordingStatusCallbackMethod),
        ("recordingStatusCallbackEvent", RecordingStatusCallbackEvent), ("answerOnBridge", AnswerOnBridge), ("ringTone", RingTone),
        ("recordingTrack", RecordingTrack), ("sequential", Sequential), ("referUrl", ReferUrl), ("referMethod", ReferMethod),
        ("events", Events));

    public sealed class TrimEnum : StringEnum
    {
        public static readonly TrimEnum TrimSilence = new("trim-silence");
        public static readonly TrimEnum DoNotTrim = new("do-not-trim");

        public TrimEnum() { }

        private TrimEnum(string value) : base(value) { }

        public static implicit operator TrimEnum(string value) => new(value);
    }

    public sealed class RecordEnum : StringEnum
    {
        public static readonly RecordEnum DoNotRecord = new("do-not-record");
        public static readonly RecordEnum RecordFromAnswer = new("record-from-answer");
        public static readonly RecordEnum RecordFromRinging = new("record-from-ringing");
        public static readonly RecordEnum RecordFromAnswerDual = new("record-from-answer-dual");
        public static readonly RecordEnum RecordFromRingingDual = new("record-from-ringing-dual");

        public RecordEnum() { }

        private RecordEnum(string value) : base(value) { }

        public static implicit operator RecordEnum(string value) => new(value);
    }

    public sealed class RecordingEventEnum : StringEnum
    {
        public static readonly RecordingEventEnum InProgress = new("in-progress");
        public static readonly RecordingEventEnum Completed = new("completed");
        public static readonly RecordingEventEnum Absent = new("absent");

        public RecordingEventEnum() { }

        private RecordingEventEnum(string value) : base(value) { }

        public static implicit operator RecordingEventEnum(string value) => new(value);
    }

    public sealed class RingToneEnum : StringEnum
    {
        public static readonly RingToneEnum At = new("at");
        public static readonly RingToneEnum Au = new("au");
        public static readonly RingToneEnum Bg = new("bg");
        public static readonly RingToneEnum Br = new("br");
        public static readonly RingToneEnum Be = new("be");
        public static readonly RingToneEnum Ch = new("ch");
        public static readonly RingToneEnum Cl = new("cl");
        public static readonly RingToneEnum Cn = new("cn");
        public static readonly RingToneEnum Cz = new("cz");
        public static readonly RingToneEnum De = new("de");
        public static readonly RingToneEnum Dk = new("dk");
        public static readonly RingToneEnum Ee = new("ee");
        public static readonly RingToneEnum Es = new("es");
        public static readonly RingToneEnum Fi = new("fi");
        public static readonly RingToneEnum Fr = new("fr");
        public static readonly RingToneEnum Gr = new("gr");
        public static readonly RingToneEnum Hu = new("hu");
        public static readonly RingToneEnum Il = new("il");
        public static readonly RingToneEnum In = new("in");
        public static readonly RingToneEnum It = new("it");
        public static readonly RingToneEnum Lt = new("lt");
        public static readonly RingToneEnum Jp = new("jp");
        public static readonly RingToneEnum Mx = new("mx");
        public static readonly RingToneEnum My = new("my");
        public static readonly RingToneEnum Nl = new("nl");
        public static readonly RingToneEnum No = new("no");
        public static readonly RingToneEnum Nz = new("nz");
        public static readonly RingToneEnum Ph = new("ph");
        public static readonly RingToneEnum Pl = new("pl");
        public static readonly RingToneEnum Pt = new("pt");
        public static readonly RingToneEnum Ru = new("ru");
        public static readonly RingToneEnum Se = new("se");
        public static readonly RingToneEnum Sg = new("sg");
        public static readonly RingToneEnum Th = new("th");
        public static readonly RingToneEnum Uk = new("uk");
        public static readonly RingToneEnum Us = new("us");
        public static readonly RingToneEnum UsOld = new("us-old");
        public static readonly RingToneEnum Tw = new("tw");
        public static readonly RingToneEnum Ve = new("ve");
        public static readonly RingToneEnum Za = new("za");

        public RingToneEnum() { }

        private RingToneEnum(string value) : base(value) { }

        public static implicit operator RingToneEnum(string value) => new(value);
    }

    public sealed class RecordingTrackEnum : StringEnum
    {
        public static readonly RecordingTrackEnum Both = new("both");
        public static readonly RecordingTrackEnum Inbound = new("inbound");
        public static readonly RecordingTrackEnum Outbound = new("outbound");

        public RecordingTrackEnum() { }

        private RecordingTrackEnum(string value) : base(value) { }

        public static implicit operator RecordingTrackEnum(string value) => new(value);
    }

    public sealed class EventsEnum : StringEnum
    {
        public static readonly EventsEnum CallProgressEvent = new("call-progress-event");

        public EventsEnum() { }

        private EventsEnum(string value) : base(value) { }

        public static implicit operator EventsEnum(string value) => new(value);
    }
}
