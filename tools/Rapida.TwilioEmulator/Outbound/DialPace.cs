using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Lets an account's calls leave the queue one by one. Whoever is cancelled in the queue does not give the turn back.</summary>
internal sealed class DialPace(IOptions<EmulatorOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    /// <summary>Takes a turn, and returns how long it is until then.</summary>
    public TimeSpan Take(Account account)
    {
        if (options.Value.CallsPerSecond is not { } callsPerSecond)
            return TimeSpan.Zero;
        var (now, pace) = (clock.GetUtcNow(), TimeSpan.FromSeconds(1 / callsPerSecond));
        var next = _next.AddOrUpdate(account.Sid, now + pace, (_, turn) => (turn > now ? turn : now) + pace);
        return next - pace - now;
    }
}
