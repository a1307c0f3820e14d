using Rapida.Audio;

namespace Rapida.Call;

/// <summary>What the caller says, and what an assistant should have understood of it.</summary>
/// <param name="Wav">The recording.</param>
/// <param name="Expected">
/// Values of the sidecar, the file of the same name with .txt: lines of <c>day=monday</c>. Null without one.
/// </param>
internal sealed record CallerRecording(string Wav, IReadOnlyDictionary<string, string>? Expected)
{
    // Between the pieces: more than the 700 ms at which the emulator splits.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1_500);

    // Between the prompts of one piece, which were recorded one by one.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(60);

    public static CallerRecording Open(string wav)
    {
        var sidecar = Path.ChangeExtension(wav, ".txt");
        return new(wav, File.Exists(sidecar) ? ReadSidecar(sidecar) : null);
    }

    /// <summary>
    /// A person's voice: the recorded prompts of Debian's asterisk-core-sounds-en-wav, put together to what somebody says who wants an
    /// appointment. The package's recordings are used where they are installed, and are not part of this repository.
    /// </summary>
    public static CallerRecording Default(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "callers");
        Directory.CreateDirectory(folder);
        var wav = Path.Combine(folder, "appointment.wav");
        var pieces = DefaultCaller.Pieces.Select(prompts =>
            WavAudio.Concat([.. prompts.Select(prompt => WavFile.Read(DefaultCaller.PathOf(prompt)).ToMono(8_000))], Breath));
        WavFile.Write(wav, WavAudio.Concat([.. pieces], Pause));
        File.WriteAllLines(Path.ChangeExtension(wav, ".txt"), DefaultCaller.Values.Select(value => $"{value.Key}={value.Value}"));
        return Open(wav);
    }

    private static Dictionary<string, string> ReadSidecar(string path) => File.ReadLines(path)
        .Where(line => line.Contains('=', StringComparison.Ordinal))
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
