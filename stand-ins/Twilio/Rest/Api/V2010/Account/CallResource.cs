using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>A call.</summary>
public class CallResource : Resource
{
    private static readonly ResourceEndpoint<CallResource> Endpoint =
        new("/Calls", "calls", payload => new CallResource(payload));

    private CallResource(Payload payload)
    {
        Sid = payload.Text("sid");
        DateCreated = payload.Date("date_created");
        ParentCallSid = payload.Text("parent_call_sid");
        AccountSid = payload.Text("account_sid");
        To = payload.Text("to");
        From = payload.Text("from");
        Status = payload.Enum<StatusEnum>("status");
        StartTime = payload.Date("start_time");
        EndTime = payload.Date("end_time");
        Duration = payload.Text("duration");
        Price = payload.Text("price");
        PriceUnit = payload.Text("price_unit");
        Direction = payload.Text("direction");
        AnsweredBy = payload.Text("answered_by");
        QueueTime = payload.Text("queue_time");
    }

    public string Sid { get; }

    public DateTime? DateCreated { get; }

    public string ParentCallSid { get; }

    public string AccountSid { get; }

    public string To { get; }

    public string From { get; }

    public StatusEnum Status { get; }

    public DateTime? StartTime { get; }

    public DateTime? EndTime { get; }

    public string Duration { get; }

    public string Price { get; }

    public string PriceUnit { get; }

    public string Direction { get; }

    public string AnsweredBy { get; }

    public string QueueTime { get; }

    public static CallResource Create(CreateCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.Create(client, options.PathAccountSid, options);

    public static Task<CallResource> CreateAsync(CreateCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.CreateAsync(client, options.PathAccountSid, options);

    public static CallResource Create(IEndpoint to, IEndpoint from, string pathAccountSid = null, Uri url = null, Twiml twiml = null,
        string applicationSid = null, HttpMethod method = null, Uri fallbackUrl = null, HttpMethod fallbackMethod = null,
        Uri statusCallback = null, List<string> statusCallbackEvent = null, HttpMethod statusCallbackMethod = null,
        string sendDigits = null, int? timeout = null, bool? record = null, string recordingChannels = null,
        string recordingStatusCallback = null, HttpMethod recordingStatusCallbackMethod = null, string recordingConfigurationId = null,
        string sipAuthUsername = null, string sipAuthPassword = null, string machineDetection = null, int? machineDetectionTimeout = null,
        List<string> recordingStatusCallbackEvent = null, string trim = null, string callerId = null,
        int? machineDetectionSpeechThreshold = null, int? machineDetectionSpeechEndThreshold = null,
        int? machineDetectionSilenceTimeout = null, string asyncAmd = null, Uri asyncAmdStatusCallback = null,
        HttpMethod asyncAmdStatusCallbackMethod = null, string byoc = null, string callReason = null, string callToken = null,
        string recordingTrack = null, int? timeLimit = null, Uri clientNotificationUrl = null, ITwilioRestClient client = null) =>
        Create(new CreateCallOptions(to, from)
        {
            PathAccountSid = pathAccountSid, Url = url, Twiml = twiml, ApplicationSid = applicationSid,
            Method = method, FallbackUrl = fallbackUrl, FallbackMethod = fallbackMethod, StatusCallback = statusCallback,
            StatusCallbackEvent = statusCallbackEvent, StatusCallbackMethod = statusCallbackMethod, SendDigits = sendDigits,
            Timeout = timeout, Record = record, RecordingChannels = recordingChannels, RecordingStatusCallback = recordingStatusCallback,
            RecordingStatusCallbackMethod = recordingStatusCallbackMethod, RecordingConfigurationId = recordingConfigurationId,
            SipAuthUsername = sipAuthUsername, SipAuthPassword = sipAuthPassword, MachineDetection = machineDetection,
            MachineDetectionTimeout = machineDetectionTimeout, RecordingStatusCallbackEvent = recordingStatusCallbackEvent, Trim = trim,
            CallerId = callerId, MachineDetectionSpeechThreshold = machineDetectionSpeechThreshold,
            MachineDetectionSpeechEndThreshold = machineDetectionSpeechEndThreshold,
            MachineDetectionSilenceTimeout = machineDetectionSilenceTimeout, AsyncAmd = asyncAmd,
            AsyncAmdStatusCallback = asyncAmdStatusCallback, AsyncAmdStatusCallbackMethod = asyncAmdStatusCallbackMethod, Byoc = byoc,
            CallReason = callReason, CallToken = callToken, RecordingTrack = recordingTrack, TimeLimit = timeLimit,
            ClientNotificationUrl = clientNotificationUrl
        }, client);

    public static Task<CallResource> CreateAsync(IEndpoint to, IEndpoint from, string pathAccountSid = null, Uri url = null,
        Twiml twiml = null, string applicationSid = null, HttpMethod method = null, Uri fallbackUrl = null,
        HttpMethod fallbackMethod = null, Uri statusCallback = null, List<string> statusCallbackEvent = null,
        HttpMethod statusCallbackMethod = null, string sendDigits = null, int? timeout = null, bool? record = null,
        string recordingChannels = null, string recordingStatusCallback = null, HttpMethod recordingStatusCallbackMethod = null,
        string recordingConfigurationId = null, string sipAuthUsername = null, string sipAuthPassword = null,
        string machineDetection = null, int? machineDetectionTimeout = null, List<string> recordingStatusCallbackEvent = null,
        string trim = null, string callerId = null, int? machineDetectionSpeechThreshold = null,
        int? machineDetectionSpeechEndThreshold = null, int? machineDetectionSilenceTimeout = null, string asyncAmd = null,
        Uri asyncAmdStatusCallback = null, HttpMethod asyncAmdStatusCallbackMethod = null, string byoc = null, string callReason = null,
        string callToken = null, string recordingTrack = null, int? timeLimit = null, Uri clientNotificationUrl = null,
        ITwilioRestClient client = null) =>
        CreateAsync(new CreateCallOptions(to, from)
        {
            PathAccountSid = pathAccountSid, Url = url, Twiml = twiml,
            ApplicationSid = applicationSid, Method = method, FallbackUrl = fallbackUrl, FallbackMethod = fallbackMethod,
            StatusCallback = statusCallback, StatusCallbackEvent = statusCallbackEvent, StatusCallbackMethod = statusCallbackMethod,
            SendDigits = sendDigits, Timeout = timeout, Record = record, RecordingChannels = recordingChannels,
            RecordingStatusCallback = recordingStatusCallback, RecordingStatusCallbackMethod = recordingStatusCallbackMethod,
            RecordingConfigurationId = recordingConfigurationId, SipAuthUsername = sipAuthUsername, SipAuthPassword = sipAuthPassword,
            MachineDetection = machineDetection, MachineDetectionTimeout = machineDetectionTimeout,
            RecordingStatusCallbackEvent = recordingStatusCallbackEvent, Trim = trim, CallerId = callerId,
            MachineDetectionSpeechThreshold = machineDetectionSpeechThreshold,
            MachineDetectionSpeechEndThreshold = machineDetectionSpeechEndThreshold,
            MachineDetectionSilenceTimeout = machineDetectionSilenceTimeout, AsyncAmd = asyncAmd,
            AsyncAmdStatusCallback = asyncAmdStatusCallback, AsyncAmdStatusCallbackMethod = asyncAmdStatusCallbackMethod, Byoc = byoc,
            CallReason = callReason, CallToken = callToken, RecordingTrack = recordingTrack, TimeLimit = timeLimit,
            ClientNotificationUrl = clientNotificationUrl
        }, client);

    public static CallResource Fetch(FetchCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.Fetch(client, options.PathAccountSid, options.PathSid, options);

    public static Task<CallResource> FetchAsync(FetchCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.FetchAsync(client, options.PathAccountSid, options.PathSid, options);

    public static CallResource Fetch(string pathSid, string pathAccountSid = null, ITwilioRestClient client = null) =>
        Fetch(new FetchCallOptions(pathSid) { PathAccountSid = pathAccountSid }, client);

    public static Task<CallResource> FetchAsync(string pathSid, string pathAccountSid = null, ITwilioRestClient client = null) =>
        FetchAsync(new FetchCallOptions(pathSid) { PathAccountSid = pathAccountSid }, client);

    public static ResourceSet<CallResource> Read(ReadCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.Read(client, options.PathAccountSid, options);

    public static Task<ResourceSet<CallResource>> ReadAsync(ReadCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.ReadAsync(client, options.PathAccountSid, options);

    public static ResourceSet<CallResource> Read(string pathAccountSid = null, PhoneNumber to = null, PhoneNumber from = null,
        string parentCallSid = null, StatusEnum status = null, DateTime? startTimeBefore = null, DateTime? startTime = null,
        DateTime? startTimeAfter = null, DateTime? endTimeBefore = null, DateTime? endTime = null, DateTime? endTimeAfter = null,
        long? pageSize = null, long? limit = null, ITwilioRestClient client = null) =>
        Read(new ReadCallOptions
        {
            PathAccountSid = pathAccountSid, To = to, From = from, ParentCallSid = parentCallSid, Status = status,
            StartTimeBefore = startTimeBefore, StartTime = startTime, StartTimeAfter = startTimeAfter, EndTimeBefore = endTimeBefore,
            EndTime = endTime, EndTimeAfter = endTimeAfter, PageSize = pageSize, Limit = limit
        }, client);

    public static Task<ResourceSet<CallResource>> ReadAsync(string pathAccountSid = null, PhoneNumber to = null, PhoneNumber from = null,
        string parentCallSid = null, StatusEnum status = null, DateTime? startTimeBefore = null, DateTime? startTime = null,
        DateTime? startTimeAfter = null, DateTime? endTimeBefore = null, DateTime? endTime = null, DateTime? endTimeAfter = null,
        long? pageSize = null, long? limit = null, ITwilioRestClient client = null) =>
        ReadAsync(new ReadCallOptions
        {
            PathAccountSid = pathAccountSid, To = to, From = from, ParentCallSid = parentCallSid,
            Status = status, StartTimeBefore = startTimeBefore, StartTime = startTime, StartTimeAfter = startTimeAfter,
            EndTimeBefore = endTimeBefore, EndTime = endTime, EndTimeAfter = endTimeAfter, PageSize = pageSize, Limit = limit
        }, client);

    public static CallResource Update(UpdateCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.Update(client, options.PathAccountSid, options.PathSid, options);

    public static Task<CallResource> UpdateAsync(UpdateCallOptions options, ITwilioRestClient client = null) =>
        Endpoint.UpdateAsync(client, options.PathAccountSid, options.PathSid, options);

    public static CallResource Update(string pathSid, string pathAccountSid = null, Uri url = null, HttpMethod method = null,
        UpdateStatusEnum status = null, Uri fallbackUrl = null, HttpMethod fallbackMethod = null, Uri statusCallback = null,
        HttpMethod statusCallbackMethod = null, Twiml twiml = null, int? timeLimit = null, ITwilioRestClient client = null) =>
        Update(new UpdateCallOptions(pathSid)
        {
            PathAccountSid = pathAccountSid, Url = url, Method = method, Status = status,
            FallbackUrl = fallbackUrl, FallbackMethod = fallbackMethod, StatusCallback = statusCallback,
            StatusCallbackMethod = statusCallbackMethod, Twiml = twiml, TimeLimit = timeLimit
        }, client);

    public static Task<CallResource> UpdateAsync(string pathSid, string pathAccountSid = null, Uri url = null, HttpMethod method = null,
        UpdateStatusEnum status = null, Uri fallbackUrl = null, HttpMethod fallbackMethod = null, Uri statusCallback = null,
        HttpMethod statusCallbackMethod = null, Twiml twiml = null, int? timeLimit = null, ITwilioRestClient client = null) =>
        UpdateAsync(new UpdateCallOptions(pathSid)
        {
            PathAccountSid = pathAccountSid, Url = url, Method = method, Status = status,
            FallbackUrl = fallbackUrl, FallbackMethod = fallbackMethod, StatusCallback = statusCallback,
            StatusCallbackMethod = statusCallbackMethod, Twiml = twiml, TimeLimit = timeLimit
        }, client);

    public sealed class StatusEnum : StringEnum
    {
        public static readonly StatusEnum Queued = new("queued");
        public static readonly StatusEnum Ringing = new("ringing");
        public static readonly StatusEnum InProgress = new("in-progress");
        public static readonly StatusEnum Completed = new("completed");
        public static readonly StatusEnum Busy = new("busy");
        public static readonly StatusEnum Failed = new("failed");
        public static readonly StatusEnum NoAnswer = new("no-answer");
        public static readonly StatusEnum Canceled = new("canceled");

        public StatusEnum() { }

        private StatusEnum(string value) : base(value) { }

        public static implicit operator StatusEnum(string value) => new(value);
    }

    public sealed class UpdateStatusEnum : StringEnum
    {
        public static readonly UpdateStatusEnum Canceled = new("canceled");
        public static readonly UpdateStatusEnum Completed = new("completed");

        public UpdateStatusEnum() { }

        private UpdateStatusEnum(string value) : base(value) { }

        public static implicit operator UpdateStatusEnum(string value) => new(value);
    }
}
