namespace Twilio.AuthStrategies;

/// <summary>Signs a request in by other means than a password. Not supported by this stand-in.</summary>
public abstract class AuthStrategy
{
    public abstract string GetAuthString();

    public abstract bool RequiresAuthentication();
}
