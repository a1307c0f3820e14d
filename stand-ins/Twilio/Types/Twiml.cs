namespace Twilio.Types;

/// <summary>TwiML as text. Given to the calls resource it may have at most 4000 characters.</summary>
public class Twiml
{
    private readonly string _twiml;

    public Twiml(string twiml) => _twiml = twiml;

    public static implicit operator Twiml(string twiml) => new(twiml);

    public override string ToString() => _twiml;
}
