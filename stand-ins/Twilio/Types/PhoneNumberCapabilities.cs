namespace Twilio.Types;

/// <summary>What a phone number can do.</summary>
public class PhoneNumberCapabilities
{
    public PhoneNumberCapabilities(bool mms, bool sms, bool voice) => (Mms, Sms, Voice) = (mms, sms, voice);

    public bool Mms { get; }

    public bool Sms { get; }

    public bool Voice { get; }
}
