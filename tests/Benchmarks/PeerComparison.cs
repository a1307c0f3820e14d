using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapida.Audio;

namespace Benchmarks;

/// <summary>
/// Ours and what others use, on this machine, for the same 20 ms frame, each job in a process of its own: <c>-- peers</c> runs all and rewrites the section
/// "Audio" of docs/benchmarks.md; <c>-- measure JOB</c> is such a process of ours.
/// </summary>
internal static partial class PeerComparison
{
    private const int Rounds = 200;

    private static readonly (string Ours, string Theirs, string Peer, string What)[] Jobs =
    [
        ("decode", "decode", "alawmulaw 6.0.0", "mu-law decode"),
        ("encode", "encode", "alawmulaw 6.0.0", "mu-law encode"),
        ("resample", "libsamplerate", "libsamplerate-js 2.1.2, fastest sinc", "8 → 16 kHz"),
        ("resample", "livekit", "@livekit/rtc-node 1.1.0, medium (its default)", "8 → 16 kHz"),
    ];

    /// <summary>Measures one job of ours in this process and prints it as the peers do.</summary>
    public static void Measure(string job) => Console.WriteLine(JsonSerializer.Serialize(MeasureOurs(job), JsonSerializerOptions.Web));

    /// <summary>Runs all jobs one after another and writes the table.</summary>
    public static void Run(string root)
    {
        var table = new StringBuilder("| 20 ms frame | ours | peer | peer's | ratio | held back, ours | peer's |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (ours, theirs, peer, what) in Jobs)
        {
            var mine = Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "measure", ours], root);
            var other = Start("node", ["measure.js", theirs], Path.Combine(root, "tests/Benchmarks/peers"));
            table.AppendLine(other.Result is { } result
                ? Invariant($"| {what} | {Time(mine.Result!.Nanoseconds)} | {peer} | {Time(result.Nanoseconds)} | {result.Nanoseconds / mine.Result.Nanoseconds:0} × | {Held(mine.Result)} | {Held(result)} |")
                : Invariant($"| {what} | {Time(mine.Result!.Nanoseconds)} | {peer} | did not run: {other.Error} | | {Held(mine.Result)} | |"));
        }

        Write(Path.Combine(root, "docs/benchmarks.md"), table.ToString());
        Console.Write(table);
    }

    private static Measured MeasureOurs(string job)
    {
        short[] samples = Sounds.Tone(160), wide = new short[320];
        var codes = new byte[160];
        Mulaw.Encode(samples, codes);
        var resampler = new Resampler(8_000, 16_000);
        Action work = job switch
        {
            "decode" => () => Mulaw.Decode(codes, samples),
            "encode" => () => Mulaw.Encode(samples, codes),
            "resample" => () => resampler.Resample(samples, wide),
            _ => throw new ArgumentException($"There is no job \"{job}\".", nameof(job)),
        };

        // Half a second, until caches and clock are where they stay.
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(0.5);)
            work();
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            for (var i = 0; i < 200; i++)
                work();
            times[round] = Stopwatch.GetElapsedTime(begin).TotalNanoseconds / 200;
        }

        Array.Sort(times);
        return new Measured(times[Rounds / 2], job == "resample" ? 0 : null);
    }

    private static (Measured? Result, string Error) Start(string program, string[] arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (JsonSerializer.Deserialize<Measured>(output, JsonSerializerOptions.Web), "")
                : (null, error.Result.Split('\n').FirstOrDefault(line => line.Contains("Error")) ?? $"exit code {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }

    private static void Write(string path, string table)
    {
        var section = $"""
            <!-- audio: written by `make bench` -->
            `make bench` wrote this on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: {Environment.ProcessorCount} processors, {Processor()}, .NET {Environment.Version}. Medians of {Rounds} rounds;
            every line is two processes, one after the other, with the same 440 Hz frame. Held back: audio that has gone in before the first sample comes out, in whole frames.

            {table.TrimEnd()}
            <!-- /audio -->
            """;
        var text = File.Exists(path) ? File.ReadAllText(path) : "# Benchmarks\n\n<!-- audio --><!-- /audio -->\n";
        File.WriteAllText(path, Section().Replace(text, section.Replace("$", "$$")));
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ").Last() ?? "unknown"
            : "unknown";

    private static string Time(double nanoseconds) => nanoseconds < 1_000 ? Invariant($"{nanoseconds:0} ns") : Invariant($"{nanoseconds / 1_000:0.0} µs");

    private static string Held(Measured measured) => measured.HeldBackMs is { } ms ? Invariant($"{ms} ms") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- audio.*?<!-- /audio -->", RegexOptions.Singleline)]
    private static partial Regex Section();

    private sealed record Measured(double Nanoseconds, int? HeldBackMs);
}
