using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>A number of an account.</summary>
public class IncomingPhoneNumberResource : Resource
{
    private static readonly ResourceEndpoint<IncomingPhoneNumberResource> Endpoint =
        new("/IncomingPhoneNumbers", "incoming_phone_numbers", payload => new IncomingPhoneNumberResource(payload));

    private IncomingPhoneNumberResource(Payload payload)
    {
        Capabilities = payload.Capabilities("capabilities");
        FriendlyName = payload.Text("friendly_name");
        PhoneNumber = payload.Number("phone_number");
        Sid = payload.Text("sid");
        SmsUrl = payload.Url("sms_url");
        StatusCallback = payload.Url("status_callback");
        StatusCallbackMethod = payload.Method("status_callback_method");
        TrunkSid = payload.Text("trunk_sid");
        VoiceApplicationSid = payload.Text("voice_application_sid");
        VoiceFallbackUrl = payload.Url("voice_fallback_url");
        VoiceMethod = payload.Method("voice_method");
        VoiceUrl = payload.Url("voice_url");
    }

    public PhoneNumberCapabilities Capabilities { get; }

    public string FriendlyName { get; }

    public PhoneNumber PhoneNumber { get; }

    public string Sid { get; }

    public Uri SmsUrl { get; }

    public Uri StatusCallback { get; }

    public HttpMethod StatusCallbackMethod { get; }

    public string TrunkSid { get; }

    public string VoiceApplicationSid { get; }

    public Uri VoiceFallbackUrl { get; }

    public HttpMethod VoiceMethod { get; }

    public Uri VoiceUrl { get; }

    public static Task<ResourceSet<IncomingPhoneNumberResource>> ReadAsync(ReadIncomingPhoneNumberOptions options,
        ITwilioRestClient client = null) =>
        Endpoint.ReadAsync(client, options.PathAccountSid, options);

    public static Task<ResourceSet<IncomingPhoneNumberResource>> ReadAsync(string pathAccountSid = null, bool? beta = null,
        string friendlyName = null, PhoneNumber phoneNumber = null, string origin = null, long? pageSize = null, long? limit = null,
        ITwilioRestClient client = null) =>
        ReadAsync(new ReadIncomingPhoneNumberOptions
        {
            PathAccountSid = pathAccountSid, Beta = beta, FriendlyName = friendlyName,
            PhoneNumber = phoneNumber, Origin = origin, PageSize = pageSize, Limit = limit
        }, client);

    public static Task<IncomingPhoneNumberResource> UpdateAsync(UpdateIncomingPhoneNumberOptions options,
        ITwilioRestClient client = null) =>
        Endpoint.UpdateAsync(client, options.PathAccountSid, options.PathSid, options);

    public static Task<IncomingPhoneNumberResource> UpdateAsync(string pathSid, string pathAccountSid = null, string accountSid = null,
        string apiVersion = null, string friendlyName = null, string smsApplicationSid = null, HttpMethod smsFallbackMethod = null,
        Uri smsFallbackUrl = null, HttpMethod smsMethod = null, Uri smsUrl = null, Uri statusCallback = null,
        HttpMethod statusCallbackMethod = null, string voiceApplicationSid = null, bool? voiceCallerIdLookup = null,
        HttpMethod voiceFallbackMethod = null, Uri voiceFallbackUrl = null, HttpMethod voiceMethod = null, Uri voiceUrl = null,
        EmergencyStatusEnum emergencyStatus = null, string emergencyAddressSid = null, string trunkSid = null,
        VoiceReceiveModeEnum voiceReceiveMode = null, string identitySid = null, string addressSid = null, string bundleSid = null,
        ITwilioRestClient client = null) =>
        UpdateAsync(new UpdateIncomingPhoneNumberOptions(pathSid)
        {
            PathAccountSid = pathAccountSid, AccountSid = accountSid,
            ApiVersion = apiVersion, FriendlyName = friendlyName, SmsApplicationSid = smsApplicationSid,
            SmsFallbackMethod = smsFallbackMethod, SmsFallbackUrl = smsFallbackUrl, SmsMethod = smsMethod, SmsUrl = smsUrl,
            StatusCallback = statusCallback, StatusCallbackMethod = statusCallbackMethod, VoiceApplicationSid = voiceApplicationSid,
            VoiceCallerIdLookup = voiceCallerIdLookup, VoiceFallbackMethod = voiceFallbackMethod, VoiceFallbackUrl = voiceFallbackUrl,
            VoiceMethod = voiceMethod, VoiceUrl = voiceUrl, EmergencyStatus = emergencyStatus, EmergencyAddressSid = emergencyAddressSid,
            TrunkSid = trunkSid, VoiceReceiveMode = voiceReceiveMode, IdentitySid = identitySid, AddressSid = addressSid,
            BundleSid = bundleSid
        }, client);

    public sealed class EmergencyStatusEnum : StringEnum
    {
        public static readonly EmergencyStatusEnum Active = new("Active");
        public static readonly EmergencyStatusEnum Inactive = new("Inactive");

        public EmergencyStatusEnum() { }

        private EmergencyStatusEnum(string value) : base(value) { }

        public static implicit operator EmergencyStatusEnum(string value) => new(value);
    }

    public sealed class VoiceReceiveModeEnum : StringEnum
    {
        public static readonly VoiceReceiveModeEnum Voice = new("voice");
        public static readonly VoiceReceiveModeEnum Fax = new("fax");

        public VoiceReceiveModeEnum() { }

        private VoiceReceiveModeEnum(string value) : base(value) { }

        public static implicit operator VoiceReceiveModeEnum(string value) => new(value);
    }
}
