namespace Rapida.Call.BargeIn;

/// <summary>
/// Interrupts the demo assistant's greeting with each sound, over a line without echo and over one with: one call for each, so that none is
/// spoilt by the one before.
/// </summary>
internal static class Demonstration
{
    // Into the greeting's first sentence, and early enough that it would have gone on for the time in which the emulator watches.
    private const int OffsetMs = 800;

    // After the sound: long enough to hear the assistant's answer to it.
    private const int StayMs = 5_000;

    private static readonly LineEcho?[] Lines = [null, new LineEcho(200, 15)];

    /// <summary>0: the assistant did with every sound what it should.</summary>
    public static async Task<int> RunAsync(RunningSystem system, string dataFolder, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        foreach (var line in Lines)
        {
            foreach (var interruption in Interruption.Compose(dataFolder))
                rows.Add(new Row(line, interruption, await InterruptAsync(system, line, interruption, cancellationToken)));
        }

        Console.WriteLine();
        Console.WriteLine($"{"line",-20}{"sound",-8}{"the assistant",-52}{"expected",-12}verdict");
        foreach (var row in rows)
            Console.WriteLine(row);
        return rows.TrueForAll(row => row.IsRight) ? 0 : 1;
    }

    private static async Task<EmulatedCall.Cue> InterruptAsync(
        RunningSystem system, LineEcho? echo, Interruption interruption, CancellationToken cancellationToken)
    {
        var call = await EmulatedCall.PlaceAsync(
            system,
            new
            {
                to = system.Run.PhoneNumber,
                mode = "score",
                cues = new[] { new { wav = interruption.Wav, after = "assistant_begins", offset_ms = OffsetMs } },
                farewell_wait_ms = StayMs,
                silent_stay_ms = 20_000,
                echo,
            },
            cancellationToken);
        Console.WriteLine($"Ringing {system.Run.PhoneNumber} with {interruption.Name}, {Row.NameOf(echo)}");
        await call.FollowAsync(cancellationToken);
        return (await call.ReportAsync(cancellationToken)).Cues[0];
    }
}
