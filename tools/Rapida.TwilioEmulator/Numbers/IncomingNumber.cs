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
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
}
