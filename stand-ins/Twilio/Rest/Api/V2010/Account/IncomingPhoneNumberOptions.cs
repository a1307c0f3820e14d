using Twilio.Base;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>Lists the numbers of an account. The number looked for may be partial, with <c>*</c> for any digit.</summary>
public class ReadIncomingPhoneNumberOptions : ReadOptions<IncomingPhoneNumberResource>
{
    public string PathAccountSid { get; set; }

    public bool? Beta { get; set; }

    public string FriendlyName { get; set; }

    public PhoneNumber PhoneNumber { get; set; }

    public string Origin { get; set; }

    public override List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("Beta", Beta), ("FriendlyName", FriendlyName), ("PhoneNumber", PhoneNumber), ("Origin", Origin), ("PageSize", PageSize));
}

/// <summary>Changes where a number sends its calls and messages.</summary>
public class UpdateIncomingPhoneNumberOptions : IOptions<IncomingPhoneNumberResource>
{
    public UpdateIncomingPhoneNumberOptions(string pathSid) => PathSid = pathSid;

    public string PathSid { get; }

    public string PathAccountSid { get; set; }

    public string AccountSid { get; set; }

    public string ApiVersion { get; set; }

    public string FriendlyName { get; set; }

    public string SmsApplicationSid { get; set; }

    public HttpMethod SmsFallbackMethod { get; set; }

    public Uri SmsFallbackUrl { get; set; }

    public HttpMethod SmsMethod { get; set; }

    public Uri SmsUrl { get; set; }

    public Uri StatusCallback { get; set; }

    public HttpMethod StatusCallbackMethod { get; set; }

    public string VoiceApplicationSid { get; set; }

    public bool? VoiceCallerIdLookup { get; set; }

    public HttpMethod VoiceFallbackMethod { get; set; }

    public Uri VoiceFallbackUrl { get; set; }

    public HttpMethod VoiceMethod { get; set; }

    public Uri VoiceUrl { get; set; }

    public IncomingPhoneNumberResource.EmergencyStatusEnum EmergencyStatus { get; set; }

    public string EmergencyAddressSid { get; set; }

    public string TrunkSid { get; set; }

    public IncomingPhoneNumberResource.VoiceReceiveModeEnum VoiceReceiveMode { get; set; }

    public string IdentitySid { get; set; }

    public string AddressSid { get; set; }

    public string BundleSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("AccountSid", AccountSid), ("ApiVersion", ApiVersion), ("FriendlyName", FriendlyName), ("SmsApplicationSid", SmsApplicationSid),
        ("SmsFallbackMethod", SmsFallbackMethod), ("SmsFallbackUrl", SmsFallbackUrl), ("SmsMethod", SmsMethod), ("SmsUrl", SmsUrl),
        ("StatusCallback", StatusCallback), ("StatusCallbackMethod", StatusCallbackMethod), ("VoiceApplicationSid", VoiceApplicationSid),
        ("VoiceCallerIdLookup", VoiceCallerIdLookup), ("VoiceFallbackMethod", VoiceFallbackMethod), ("VoiceFallbackUrl", VoiceFallbackUrl),
        ("VoiceMethod", VoiceMethod), ("VoiceUrl", VoiceUrl), ("EmergencyStatus", EmergencyStatus),
        ("EmergencyAddressSid", EmergencyAddressSid), ("TrunkSid", TrunkSid), ("VoiceReceiveMode", VoiceReceiveMode),
        ("IdentitySid", IdentitySid), ("AddressSid", AddressSid), ("BundleSid", BundleSid));
}
