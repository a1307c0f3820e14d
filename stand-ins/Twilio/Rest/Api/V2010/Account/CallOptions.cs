using Twilio.Base;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>Places a call. One of <see cref="Url"/>, <see cref="Twiml"/> and <see cref="ApplicationSid"/> is needed.</summary>
public class CreateCallOptions : IOptions<CallResource>
{
    public CreateCallOptions(IEndpoint to, IEndpoint from) => (To, From) = (to, from);

    public IEndpoint To { get; }

    public IEndpoint From { get; }

    public string PathAccountSid { get; set; }

    public HttpMethod Method { get; set; }

    public Uri FallbackUrl { get; set; }

    public HttpMethod FallbackMethod { get; set; }

    public Uri StatusCallback { get; set; }

    public List<string> StatusCallbackEvent { get; set; } = [];

    public HttpMethod StatusCallbackMethod { get; set; }

    public string SendDigits { get; set; }

    public int? Timeout { get; set; }

    public bool? Record { get; set; }

    public string RecordingChannels { get; set; }

    public string RecordingStatusCallback { get; set; }

    public HttpMethod RecordingStatusCallbackMethod { get; set; }

    public string RecordingConfigurationId { get; set; }

    public string SipAuthUsername { get; set; }

    public string SipAuthPassword { get; set; }

    public string MachineDetection { get; set; }

    public int? MachineDetectionTimeout { get; set; }

    public List<string> RecordingStatusCallbackEvent { get; set; } = [];

    public string Trim { get; set; }

    public string CallerId { get; set; }

    public int? MachineDetectionSpeechThreshold { get; set; }

    public int? MachineDetectionSpeechEndThreshold { get; set; }

    public int? MachineDetectionSilenceTimeout { get; set; }

    public string AsyncAmd { get; set; }

    public Uri AsyncAmdStatusCallback { get; set; }

    public HttpMethod AsyncAmdStatusCallbackMethod { get; set; }

    public string Byoc { get; set; }

    public string CallReason { get; set; }

    public string CallToken { get; set; }

    public string RecordingTrack { get; set; }

    public int? TimeLimit { get; set; }

    public Uri ClientNotificationUrl { get; set; }

    public Uri Url { get; set; }

    public Twiml Twiml { get; set; }

    public string ApplicationSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("To", To), ("From", From), ("Method", Method), ("FallbackUrl", FallbackUrl), ("FallbackMethod", FallbackMethod),
        ("StatusCallback", StatusCallback), ("StatusCallbackEvent", StatusCallbackEvent), ("StatusCallbackMethod", StatusCallbackMethod),
        ("SendDigits", SendDigits), ("Timeout", Timeout), ("Record", Record), ("RecordingChannels", RecordingChannels),
        ("RecordingStatusCallback", RecordingStatusCallback), ("RecordingStatusCallbackMethod", RecordingStatusCallbackMethod),
        ("RecordingConfigurationId", RecordingConfigurationId), ("SipAuthUsername", SipAuthUsername), ("SipAuthPassword", SipAuthPassword),
        ("MachineDetection", MachineDetection), ("MachineDetectionTimeout", MachineDetectionTimeout),
        ("RecordingStatusCallbackEvent", RecordingStatusCallbackEvent), ("Trim", Trim), ("CallerId", CallerId),
        ("MachineDetectionSpeechThreshold", MachineDetectionSpeechThreshold),
        ("MachineDetectionSpeechEndThreshold", MachineDetectionSpeechEndThreshold),
        ("MachineDetectionSilenceTimeout", MachineDetectionSilenceTimeout), ("AsyncAmd", AsyncAmd),
        ("AsyncAmdStatusCallback", AsyncAmdStatusCallback), ("AsyncAmdStatusCallbackMethod", AsyncAmdStatusCallbackMethod), ("Byoc", Byoc),
        ("CallReason", CallReason), ("CallToken", CallToken), ("RecordingTrack", RecordingTrack), ("TimeLimit", TimeLimit),
        ("ClientNotificationUrl", ClientNotificationUrl), ("Url", Url), ("Twiml", Twiml), ("ApplicationSid", ApplicationSid));
}

/// <summary>Reads one call.</summary>
public class FetchCallOptions : IOptions<CallResource>
{
    public FetchCallOptions(string pathSid) => PathSid = pathSid;

    public string PathSid { get; }

    public string PathAccountSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => [];
}

/// <summary>Lists calls. An exact time wins over its bounds; only the day of a time counts.</summary>
public class ReadCallOptions : ReadOptions<CallResource>
{
    public string PathAccountSid { get; set; }

    public PhoneNumber To { get; set; }

    public PhoneNumber From { get; set; }

    public string ParentCallSid { get; set; }

    public CallResource.StatusEnum Status { get; set; }

    public DateTime? StartTime { get; set; }

    public DateTime? StartTimeBefore { get; set; }

    public DateTime? StartTimeAfter { get; set; }

    public DateTime? EndTime { get; set; }

    public DateTime? EndTimeBefore { get; set; }

    public DateTime? EndTimeAfter { get; set; }

    public override List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("To", To), ("From", From), ("ParentCallSid", ParentCallSid), ("Status", Status), ("StartTime", StartTime),
        ("StartTime<", StartTime is null ? StartTimeBefore : null), ("StartTime>", StartTime is null ? StartTimeAfter : null),
        ("EndTime", EndTime), ("EndTime<", EndTime is null ? EndTimeBefore : null), ("EndTime>", EndTime is null ? EndTimeAfter : null),
        ("PageSize", PageSize));
}

/// <summary>Redirects a call or ends it.</summary>
public class UpdateCallOptions : IOptions<CallResource>
{
    public UpdateCallOptions(string pathSid) => PathSid = pathSid;

    public string PathSid { get; }

    public string PathAccountSid { get; set; }

    public Uri Url { get; set; }

    public HttpMethod Method { get; set; }

    public CallResource.UpdateStatusEnum Status { get; set; }

    public Uri FallbackUrl { get; set; }

    public HttpMethod FallbackMethod { get; set; }

    public Uri StatusCallback { get; set; }

    public HttpMethod StatusCallbackMethod { get; set; }

    public Twiml Twiml { get; set; }

    public int? TimeLimit { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("Url", Url), ("Method", Method), ("Status", Status), ("FallbackUrl", FallbackUrl), ("FallbackMethod", FallbackMethod),
        ("StatusCallback", StatusCallback), ("StatusCallbackMethod", StatusCallbackMethod), ("Twiml", Twiml), ("TimeLimit", TimeLimit));
}
