using System.Collections.Concurrent;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>Who answers which number. Whoever was not described is subject to the faults, if there are any, and otherwise a quiet person.</summary>
internal sealed class CalleeDirectory
{
    private readonly ConcurrentDictionary<string, Callee> _described = new(StringComparer.Ordinal);
    private volatile Faulty? _faulty;

    // Attempts are counted anew whenever faults are set, so that the run can be repeated.
    private sealed record Faulty(LoadFaults Faults, ConcurrentDictionary<string, int> Attempts);

    public IReadOnlyDictionary<string, Callee> Described => _described;

    /// <summary>Null: everybody who was not described behaves.</summary>
    public LoadFaults? Faults
    {
        get => _faulty?.Faults;
        set => _faulty = value is null ? null : new Faulty(value, new ConcurrentDictionary<string, int>(StringComparer.Ordinal));
    }

    public void Describe(string number, Callee callee) => _described[number] = callee;

    public bool Forget(string number) => _described.TryRemove(number, out _);

    public Callee? FindDescribed(string number) => _described.GetValueOrDefault(number);

    /// <summary>Who is called this time; each time counts as an attempt.</summary>
    public Callee Meet(string number)
    {
        if (FindDescribed(number) is { } described)
            return described;
        return _faulty is { } faulty
            ? faulty.Faults.At(number, faulty.Attempts.AddOrUpdate(number, 1, (_, attempts) => attempts + 1))
            : Callee.Quiet;
    }
}
