using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Rapida.Audio;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>The voice of <c>&lt;Say&gt;</c>: espeak-ng as a process of its own where it is installed, otherwise silence of about the same length.</summary>
internal sealed class Announcer
{
    // About 15 characters of English a second.
    private const int BytesPerCharacter = 8000 / 15;

    private readonly ConcurrentDictionary<string, byte[]> _spoken = new(StringComparer.Ordinal);

    /// <summary>The text as mu-law at 8 kHz.</summary>
    public async Task<ReadOnlyMemory<byte>> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        if (!_spoken.TryGetValue(text, out var audio))
            _spoken[text] = audio = await SynthesiseAsync(text, cancellationToken) ?? Silence(text);
        return audio;
    }

    private static byte[] Silence(string text)
    {
        var audio = new byte[text.Length * BytesPerCharacter];
        audio.AsSpan().Fill(Mulaw.Silence);
        return audio;
    }

    private static async Task<byte[]?> SynthesiseAsync(string text, CancellationToken cancellationToken)
    {
        using var espeak = Start();
        if (espeak is null)
            return null;

        await using (espeak.StandardInput)
            await espeak.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
        using var wav = new MemoryStream();
        await espeak.StandardOutput.BaseStream.CopyToAsync(wav, cancellationToken);
        await espeak.WaitForExitAsync(cancellationToken);
        if (espeak.ExitCode != 0)
            return null;

        wav.Position = 0;
        var samples = WavFile.Read(wav).ToMono(8000).Samples.Span;
        var audio = new byte[samples.Length];
        Mulaw.Encode(samples, audio);
        return audio;
    }

    private static Process? Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("espeak-ng", ["--stdin", "--stdout", "-v", "en-us"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (Win32Exception)
        {
            // Not installed.
            return null;
        }
    }
}
