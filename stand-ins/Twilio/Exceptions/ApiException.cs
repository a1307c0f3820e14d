namespace Twilio.Exceptions;

/// <summary>The API refused. Code and status are 0 when the answer was not Twilio's own, such as a gateway's error page.</summary>
public class ApiException : TwilioException
{
    public ApiException(string message) : base(message) { }

    public ApiException(string message, Exception exception) : base(message, exception) { }

    public ApiException(int code, int status, string message, string moreInfo, Dictionary<string, object> details = null,
        Exception exception = null)
        : base(message, exception) =>
        (Code, Status, MoreInfo, Details) = (code, status, moreInfo, details);

    /// <summary>Twilio's error code, such as 21211.</summary>
    public int Code { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public string MoreInfo { get; }

    public Dictionary<string, object> Details { get; }
}
