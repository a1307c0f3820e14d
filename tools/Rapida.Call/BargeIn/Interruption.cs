using Rapida.Audio;

namespace Rapida.Call.BargeIn;

/// <summary>What the caller does while the assistant speaks.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Wav">How it sounds.</param>
/// <param name="ShouldStop">Whether an assistant with manners stops for it.</param>
internal sealed record Interruption(string Name, string Wav, bool ShouldStop)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(60);

    // The beginning of the default caller's answer, 1.3 s of a person's voice.
    private static readonly string[] Words = ["digits/day-5", "digits/at"];

    /// <summary>The sounds of the demonstration, a second of silence first; written into the folder's <c>callers</c>.</summary>
    public static IReadOnlyList<Interruption> Compose(string dataFolder)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataFolder, "callers")).FullName;
        var words = WavAudio.Concat([.. Words.Select(word => Trimmed(WavFile.Read(DefaultCaller.PathOf(word)).ToMono(8_000)))], Breath);
        return
        [
            // What it does here, it does by itself.
            new("nothing", Write(folder, "nothing", new WavAudio(8_000, 1, new short[8_000])), ShouldStop: false),
            new("mm-hm", Write(folder, "mm-hm", Hum.Synthesise()), ShouldStop: false),
            new("cough", Write(folder, "cough", Cough.Synthesise()), ShouldStop: false),
            new("words", Write(folder, "words", words), ShouldStop: true),
        ];
    }

    private static string Write(string folder, string name, WavAudio audio)
    {
        var path = Path.Combine(folder, name + ".wav");
        WavFile.Write(path, audio);
        return path;
    }

    // The package's prompts have silence at both ends.
    private static WavAudio Trimmed(WavAudio prompt)
    {
        const int frame = 160;
        const float audible = -45;
        var samples = prompt.Samples;
        var frames = Enumerable.Range(0, samples.Length / frame).Where(i => Loudness.Of(samples.Span.Slice(i * frame, frame)) > audible).ToList();
        return prompt with { Samples = samples[(frames[0] * frame)..((frames[^1] + 1) * frame)] };
    }
}
