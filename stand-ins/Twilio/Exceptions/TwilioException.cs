namespace Twilio.Exceptions;

/// <summary>Base of what this library throws.</summary>
public class TwilioException : Exception
{
    public TwilioException() { }

    public TwilioException(string message) : base(message) { }

    public TwilioException(string message, Exception exception) : base(message, exception) { }
}
