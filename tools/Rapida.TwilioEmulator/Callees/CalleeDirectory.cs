using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Caller;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>
/// Who answers which number. Whoever was not described is subject to the faults, if there are any, and otherwise somebody who says what the
/// configuration's recording says, or nothing.
/// </summary>
internal sealed class CalleeDirectory(IOptions<EmulatorOptions> options)
{
    private readonly ConcurrentDictionary<string, Callee> _described = new(
        options.Value.Callees.Select(callee => KeyValuePair.Create(
            callee.PhoneNumber, Callee.Quiet with { Outcome = callee.Outcome, AnsweredBy = callee.AnsweredBy })), StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private Callee? _talkative;
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
            : Anybody();
    }

    private Callee Anybody()
    {
        lock (_reading)
        {
            // Looked for each time until it is there: whoever makes it may be slower than the first call.
            if (_talkative is null && options.Value.CalleeWav is { } wav && File.Exists(wav))
            {
                using var recording = File.OpenRead(wav);
                _talkative = Callee.Quiet with { Stays = null, Character = new(CallerScript.FromWav(recording), [], new CallerManners()) };
            }

            return _talkative ?? Callee.Quiet;
        }
    }
}
