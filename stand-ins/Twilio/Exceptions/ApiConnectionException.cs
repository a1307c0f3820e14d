namespace Twilio.Exceptions;

/// <summary>No answer came: the connection failed or the time ran out.</summary>
public class ApiConnectionException : TwilioException
{
    public ApiConnectionException(string message) : base(message) { }

    public ApiConnectionException(string message, Exception exception) : base(message, exception) { }
}
