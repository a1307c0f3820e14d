namespace Rapida.TwilioEmulator.Numbers;

/// <summary>A number that people can call, and what Twilio requests when they do. An update is a new value.</summary>
internal sealed record IncomingNumber(string Sid, string AccountSid, string PhoneNumber, DateTimeOffset CreatedAt)
{
    public required string FriendlyName { get; init; }
    public string? VoiceUrl { get; init; }
    public string VoiceMethod { get; init; } = "POST";
    public string? VoiceFallbackUrl { get; init; }
    public string VoiceFallbackMethod { get; init; } = "POST";
    public string? StatusCallback { get; init; }
    public string StatusCallbackMethod { get; init; } = "POST";
    public string? VoiceApplicationSid { get; init; }
    public string? TrunkSid { get; init; }
    public bool VoiceCallerIdLookup { get; init; }
    public string VoiceReceiveMode { get; init; } = "voice";
    public string? SmsUrl { get; init; }
    public string SmsMethod { get; init; } = "POST";
    public string? SmsFallbackUrl { get; init; }
    public string SmsFallbackMethod { get; init; } = "POST";
    public string? SmsApplicationSid { get; init; }
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Who is asked when somebody calls. An application or a trunk puts the URL out, silently; this Twilio has neither.</summary>
    public string? VoiceUrlInForce => VoiceApplicationSid is null && TrunkSid is null ? VoiceUrl : null;
}
