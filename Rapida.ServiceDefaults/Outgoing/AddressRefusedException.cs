namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>A request would have gone to where a tenant's requests may not go. Says neither URL nor address.</summary>
public sealed class AddressRefusedException(string message) : Exception(message)
{
    /// <summary>Whether <paramref name="exception"/> is a refusal, as <see cref="HttpClient"/> wraps it.</summary>
    public static bool IsBehind(Exception? exception) =>
        exception is not null && (exception is AddressRefusedException || IsBehind(exception.InnerException));
}
