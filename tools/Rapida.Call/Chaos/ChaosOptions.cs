namespace Rapida.Call.Chaos;

/// <param name="Calls">How many are placed, each to a number of its own.</param>
/// <param name="Kills">How often CallControl is killed meanwhile.</param>
internal sealed record ChaosOptions(int Calls, int Kills)
{
    public static ChaosOptions Parse(string text) => text.Split(',') is [var calls, var kills]
        && int.TryParse(calls, out var count) && count is > 0 and <= 100_000 && int.TryParse(kills, out var times) && times >= 0
        ? new(count, times)
        : throw new CallFailedException("CHAOS is calls and kills, for example CHAOS=1000,12.");
}
