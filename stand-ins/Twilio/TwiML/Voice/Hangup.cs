namespace Twilio.TwiML.Voice;

/// <summary>Ends the call.</summary>
public class Hangup : TwiML
{
    public Hangup() : base("Hangup") { }

    public new Hangup Append(TwiML childElem) => (Hangup)base.Append(childElem);

    public new Hangup SetOption(string key, object value) => (Hangup)base.SetOption(key, value);
}
