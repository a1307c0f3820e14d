namespace Rapida.TwilioEmulator.Outbound;

/// <summary>One call that was placed through REST; its status follows the call.</summary>
internal sealed class DialEntry(string callSid, string accountSid, string to, string from, DateTimeOffset createdAt)
{
    public string CallSid => callSid;
    public string AccountSid => accountSid;
    public string To => to;
    public string From => from;
    public DateTimeOffset CreatedAt => createdAt;
    public string Status { get; set; } = "queued";
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
