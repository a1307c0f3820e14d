namespace Twilio.Types;

/// <summary>A phone number, as E.164 or with a channel's prefix: <c>whatsapp:+14155238886</c>.</summary>
public class PhoneNumber : IEndpoint
{
    private readonly string _number;

    public PhoneNumber(string number) => _number = number;

    public static implicit operator PhoneNumber(string number) => new(number);

    public override string ToString() => _number;
}
