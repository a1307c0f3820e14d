using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapida.Audio;

namespace Benchmarks;

/// <summary>
/// Ours and what others use, on this machine, for the same 20 ms frame or the same recording of Twilio's, each job in a process of its own: <c>-- peers</c>
/// runs all and rewrites the section "Audio" of docs/benchmarks.md; <c>-- measure JOB</c> is such a process of ours.
/// </summary>
internal static partial class PeerComparison
{
    private const int Rounds = 200;
    private const int Processes = 5;
    private const string Agents = "@openai/agents-extensions 0.18.0";

    private static readonly (string Ours, string Theirs, string Peer, string What)[] Jobs =
    [
        ("decode", "decode", "alawmulaw 6.0.0", "mu-law decode"),
        ("encode", "encode", "alawmulaw 6.0.0", "mu-law encode"),
        ("resample", "libsamplerate", "libsamplerate-js 2.1.2, fastest sinc", "8 → 16 kHz"),
        ("resample", "livekit", "@livekit/rtc-node 1.1.0, medium (its default)", "8 → 16 kHz"),
        ("twilio", "twilioDecode", $"{Agents}, to its `sendAudio`", "Twilio's `media` → mu-law"),
        ("twilio", "twilioForward", $"{Agents}, to the model's socket", "Twilio's `media` → mu-law"),
        ("interrupt", "twilioInterrupt", $"{Agents}, from its `interrupt`", "interruption → `clear`"),
        ("interrupt", "twilioSpeechStarted", $"{Agents}, from the model's `speech_started`", "interruption → `clear`"),
        ("signature", "signature", "twilio 6.2.0", "a webhook's signature"),
    ];

    /// <summary>Measures one job of ours in this process and prints it as the peers do.</summary>
    public static void Measure(string job) => Console.WriteLine(JsonSerializer.Serialize(MeasureOurs(job), JsonSerializerOptions.Web));

    /// <summary>Runs all jobs one after another and writes the table.</summary>
    public static void Run(string root)
    {
        TwilioRecording.Write(root);
        var table = new StringBuilder("| job | ours | peer | peer's | ratio | held back, ours | peer's |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (ours, theirs, peer, what) in Jobs)
        {
            var (mine, other) = Alternate(
                () => Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "measure", ours], root),
                () => Start("node", ["measure.js", theirs], Path.Combine(root, "tests/Benchmarks/peers")));
            table.AppendLine(other.Result is { } result
                ? Invariant($"| {what} | {Time(mine.Result!.Nanoseconds)} | {peer} | {Time(result.Nanoseconds)} | {Ratio(result.Nanoseconds / mine.Result.Nanoseconds)} × | {Held(mine.Result)} | {Held(result)} |")
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
        switch (job)
        {
            case "decode":
                return new Measured(Median(() => Mulaw.Decode(codes, samples), 200));
            case "encode":
                return new Measured(Median(() => Mulaw.Encode(samples, codes), 200));
            case "resample":
                var resampler = new Resampler(8_000, 16_000);
                return new Measured(Median(() => resampler.Resample(samples, wide), 200), HeldBackMs: 0);
            case "twilio":
                return new Measured(Median(new TwilioListening(TwilioRecording.Read(Environment.CurrentDirectory)).Hear, 1) / TwilioRecording.Frames);
            case "interrupt":
                using (var interruption = new TwilioInterruption(TwilioRecording.Read(Environment.CurrentDirectory)))
                    return new Measured(MedianOf(interruption.Interrupt));
            case "frame":
                return new Measured(Median(new WholeFrame().Run, 1) / WholeFrame.Frames);
            case "signature":
                var webhook = SignedWebhook.Read(Environment.CurrentDirectory);
                return new Measured(Median(webhook.Check, 200));
            default:
                throw new ArgumentException($"There is no job \"{job}\".", nameof(job));
        }
    }

    private static double Median(Action work, int perRound) => MedianOf(() =>
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < perRound; i++)
            work();
        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds / perRound;
    });

    private static double MedianOf(Func<double> round)
    {
        // Half a second, until caches and clock are where they stay.
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(0.5);)
            round();
        return Enumerable.Range(0, Rounds).Select(_ => round()).Order().ElementAt(Rounds / 2);
    }

    /// <summary>Several processes of each, in turn: what else a machine does lasts for longer than one.</summary>
    private static ((Measured? Result, string Error) Ours, (Measured? Result, string Error) Theirs) Alternate(
        Func<(Measured? Result, string Error)> ours, Func<(Measured? Result, string Error)> theirs)
    {
        var runs = Enumerable.Range(0, Processes).Select(_ => (Ours: ours(), Theirs: theirs())).ToList();
        return (Middle(runs.Select(run => run.Ours)), Middle(runs.Select(run => run.Theirs)));
    }

    private static (Measured? Result, string Error) Middle(IEnumerable<(Measured? Result, string Error)> runs) =>
        runs.OrderBy(run => run.Result?.Nanoseconds ?? double.MaxValue).ElementAt(Processes / 2);

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
                : (null, (error.Result.Split('\n').FirstOrDefault(line => line.Contains("Error")) ?? $"exit code {process.ExitCode}").Replace(folder, "."));
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
            every line is the middle one of {Processes} processes each, ours and theirs in turn, with the same 440 Hz frame or the same recording. Held back: audio that has gone in before the first sample
            comes out, in whole frames.

            {table.TrimEnd()}

            Twilio's `media`: a recording of {TwilioRecording.Frames} frames and some marks, per frame, from the message's text to mu-law handed to what listens: the relay's
            `IStreamListener`, the peer's `sendAudio`, which then writes it to the model as base64 in JSON. Our text is bytes of a socket in memory, the peer's is decoded already.
            Interruption: 200 ms of speech are with Twilio; from the decision (`PlayoutQueue.Clear`, the peer's `interrupt`), or from the model's message to the peer, to `clear` on
            Twilio's socket. What leads to a decision, and the network, is in none of them. The peer is MIT.
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

    private static string Ratio(double ratio) => ratio < 10 ? Invariant($"{ratio:0.0}") : Invariant($"{ratio:0}");

    private static string Held(Measured measured) => measured.HeldBackMs is { } ms ? Invariant($"{ms} ms") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- audio.*?<!-- /audio -->", RegexOptions.Singleline)]
    private static partial Regex Section();

    private sealed record Measured(double Nanoseconds, int? HeldBackMs = null);
}
