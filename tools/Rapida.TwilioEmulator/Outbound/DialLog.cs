using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>One call that was placed through REST; its status follows the call.</summary>
internal sealed class DialEntry(Call call)
{
    public string CallSid { get; } = call.Sid;
    public string AccountSid { get; } = call.Account.Sid;
    public string To { get; } = call.To;
    public string From { get; } = call.From;
    public DateTimeOffset CreatedAt { get; } = call.StartedAt;
    public string Status { get; set; } = call.Status.Wire();
}

/// <summary>
/// Every call that was placed since the emulator started, also those that were forgotten or deleted since, so that a test can prove that nobody
/// was dialled twice. Beyond 100,000 the oldest is dropped, and counted.
/// </summary>
internal sealed class DialLog
{
    public const int Most = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<DialEntry> _dials = new();

    public int Dropped { get; private set; }

    public void Add(DialEntry dial)
    {
        lock (_lock)
        {
            _dials.Enqueue(dial);
            if (_dials.Count <= Most)
                return;
            _dials.Dequeue();
            Dropped++;
        }
    }

    /// <summary>In the order of their creation.</summary>
    public IReadOnlyList<DialEntry> All()
    {
        lock (_lock)
            return [.. _dials];
    }
}
