namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>What Twilio's answer to a request for a call means.</summary>
internal abstract record DialAnswer
{
    private DialAnswer()
    {
    }

    /// <summary>It has the call, by this CallSid.</summary>
    public sealed record Placed(string CallSid) : DialAnswer;

    /// <summary>It will not place it: a <see cref="Calls.FailureCodes"/>, and Twilio's code if it gave one.</summary>
    public sealed record Refused(string FailureCode, int? Code) : DialAnswer;

    /// <summary>It has surely not taken it, and may later: nothing was sent, or it was too busy (429), and perhaps said for how long.</summary>
    public sealed record NotNow(string Why, TimeSpan? RetryAfter = null) : DialAnswer;

    /// <summary>It may have taken it: the answer was lost, came too late, or was a 5xx.</summary>
    public sealed record Unknown : DialAnswer;
}
