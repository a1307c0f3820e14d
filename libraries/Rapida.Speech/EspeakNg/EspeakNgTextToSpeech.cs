using System.Diagnostics;
using System.Runtime.CompilerServices;
using Rapida.Audio;

namespace Rapida.Speech.EspeakNg;

/// <summary>
/// A voice on this machine for want of a better one: the program <c>espeak-ng</c>, run once a sentence. It is a program of its own because it is GPL-3.
/// Options: <c>voice</c> (en-us), <c>speed</c> (words a minute, 160), <c>pitch</c> (0 to 99, 50).
/// </summary>
public sealed class EspeakNgTextToSpeech : ITextToSpeech, ILocalEngine
{
    private const string Program = "espeak-ng";

    private readonly Lazy<SpeechEngineMissingException?> _missing = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)))
            ? null
            : new SpeechEngineMissingException(Program, $"the program {Program}", Program));

    public string Provider => Program;

    SpeechEngineMissingException? ILocalEngine.Missing => _missing.Value;

    void ILocalEngine.WarmUp()
    {
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        string text, SpeechSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_missing.Value is { } missing)
            throw missing;
        if (string.IsNullOrWhiteSpace(text))
            yield break;

        var audio = await RunAsync(text, settings, cancellationToken);
        yield return new SpeechChunk(audio.Samples, audio.SampleRate);
    }

    private static async Task<WavAudio> RunAsync(string text, SpeechSettings settings, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--stdout", "--stdin", "-v", settings.Get("voice", "en-us"), "-s", settings.Get("speed", "160"), "-p", settings.Get("pitch", "50"),
            },
        })!;
        try
        {
            // Never as an argument: what is said to a caller does not belong in the list of processes.
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();

            using var wav = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(wav, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new SpeechProviderException($"{Program} ended with {process.ExitCode}.");
            wav.Position = 0;
            return WavFile.Read(wav);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
