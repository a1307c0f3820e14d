using System.Net;

namespace Rapida.Client.Http;

/// <summary>What is sent again, and after which wait.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    // Who is told to wait longer than this decides for himself: the exception says how long.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    public static bool MayBeTriedAgain(Request request, RapidaException error) => error switch
    {
        { Status: null } => !error.IsFinal && (error.NeverSent || request.IsRepeatable),
        _ when error.RetryAfter > LongestRetryAfter => false,
        // It is said before anything is done, so that every request may come again.
        { Status: HttpStatusCode.TooManyRequests } => true,
        {
            Status: HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout
        } => request.IsRepeatable,
        _ => false,
    };

    /// <summary>Half of it is chance: those who failed together do not come back together.</summary>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan WaitBefore(int attempt, TimeSpan? retryAfter, double chance)
    {
        if (retryAfter is { } told)
            return told + (First * chance);
        var most = First * Math.Pow(2, Math.Min(attempt, 10));
        return (most < Longest ? most : Longest) * ((1 + chance) / 2);
    }
}
