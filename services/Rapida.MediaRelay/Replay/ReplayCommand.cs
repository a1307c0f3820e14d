using System.Globalization;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Replay;

/// <summary>
/// <c>Rapida.MediaRelay replay FILE [NAME=VALUE …]</c>: decides again what was decided in a call, and says whether it comes out the same; with changed
/// settings, what would have been decided otherwise. The file is what <c>make replay</c> fetches.
/// </summary>
internal static class ReplayCommand
{
    private const int Same = 0;
    private const int Failed = 1;
    private const int Different = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        try
        {
            var (path, changes) = Parse(args);
            await using var file = File.OpenRead(path);
            var result = Same;
            foreach (var attempt in RecordedCall.Parse(file))
                result = Math.Max(result, changes.Count == 0 ? await VerifyAsync(attempt, output) : await CompareAsync(attempt, changes, output));
            return result;
        }
        catch (Exception exception) when (exception is ReplayException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    private static (string Path, IReadOnlyDictionary<string, string> Changes) Parse(string[] args)
    {
        if (args.Length == 0)
            throw new ReplayException("usage: replay FILE [NAME=VALUE …], for example TurnTaking:Silence=00:00:01");

        var changes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in args.AsSpan(1))
        {
            if (change.Split('=', 2) is not [var name, var value])
                throw new ReplayException($"\"{change}\" is not NAME=VALUE.");
            changes[name] = value;
        }

        return (args[0], changes);
    }

    private static async Task<int> VerifyAsync(RecordedAttempt attempt, TextWriter output)
    {
        var replayed = await ReplayCall.RunAsync(attempt);
        var decisions = Difference.Of(attempt.Decisions, replayed.Decisions);
        var turns = Difference.Of(attempt.Turns, replayed.Turns);
        await output.WriteLineAsync(Head(attempt, replayed));
        foreach (var line in (IEnumerable<Difference>)[.. decisions, .. turns])
            await output.WriteLineAsync(line.ToString());

        var isSame = decisions.Concat(turns).All(line => line.Is is Side.Both);
        await output.WriteLineAsync(isSame
            ? string.Create(CultureInfo.InvariantCulture, $"All {replayed.Decisions.Count} decisions and {replayed.Turns.Count} turns came out as they were recorded.")
            : "It came out differently: - was recorded, + is decided now.");
        return isSame ? Same : Different;
    }

    private static async Task<int> CompareAsync(RecordedAttempt attempt, IReadOnlyDictionary<string, string> changes, TextWriter output)
    {
        var (before, after) = await WhatIf.RunAsync(attempt, DecisionSettings.Parse(attempt.SettingsJson, changes));
        var lines = Difference.Of(before.Decisions, after.Decisions);
        await output.WriteLineAsync($"{Head(attempt, before)}, with {string.Join(", ", changes.Select(change => $"{change.Key}={change.Value}"))}:");
        foreach (var line in lines)
            await output.WriteLineAsync(line.ToString());

        await output.WriteLineAsync(lines.All(line => line.Is is Side.Both)
            ? "Nothing would have been decided otherwise."
            : "- was decided, + would have been. After the first difference the caller might have said something else: what follows is what the same voice and the same answers would have led to.");
        return Same;
    }

    private static string Head(RecordedAttempt attempt, Replayed replayed) =>
        string.Create(CultureInfo.InvariantCulture, $"Stream {attempt.Number}: {replayed.Length.TotalSeconds:0.0} s, {attempt.Inputs.Count} inputs");
}
