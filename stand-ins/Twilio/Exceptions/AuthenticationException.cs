namespace Twilio.Exceptions;

/// <summary>There is no credential to sign in with.</summary>
public class AuthenticationException : TwilioException
{
    public AuthenticationException(string message) : base(message) { }
}
