using Rapida.Audio.Silero;

namespace Rapida.Audio;

/// <summary>Which detector tells voice from silence.</summary>
public enum VadKind
{
    /// <summary>Silero when its files are there, energy otherwise.</summary>
    Auto,

    /// <summary><see cref="EnergyVad"/>: always there.</summary>
    Energy,

    /// <summary><see cref="SileroVad"/>: better in noise; needs the files that <c>make vad</c> fetches.</summary>
    Silero,
}

/// <summary>Makes one detector for each call, of the kind that is wanted here. What they share is loaded once.</summary>
public sealed class VoiceActivityDetectors
{
    /// <summary>Where <c>make vad</c> puts the files.</summary>
    public const string DefaultFolder = ".data/vad";

    private readonly SileroModel? _silero;

    /// <param name="kind">The kind that is wanted.</param>
    /// <param name="folder">Where Silero's files are. A relative one is looked for beside the program and in every folder above.</param>
    /// <exception cref="SileroUnavailableException"><paramref name="kind"/> is <see cref="VadKind.Silero"/>, and it cannot be loaded.</exception>
    public VoiceActivityDetectors(VadKind kind, string folder = DefaultFolder)
    {
        var found = kind == VadKind.Energy ? null : Find(folder);
        if (found is null && kind == VadKind.Silero)
            throw new SileroUnavailableException($"{folder} does not exist: make vad brings it.");

        try
        {
            _silero = found is null ? null : SileroModel.Load(found);
        }
        catch (SileroUnavailableException unavailable) when (kind == VadKind.Auto)
        {
            Problem = unavailable.Message;
        }
    }

    /// <summary>What <see cref="Create"/> makes.</summary>
    public VadKind Kind => _silero is null ? VadKind.Energy : VadKind.Silero;

    /// <summary>Why Silero is not used although its folder is there; null: nothing is wrong.</summary>
    public string? Problem { get; }

    /// <summary>A detector for one call at 8 kHz. Dispose of it when it is disposable.</summary>
    public IVoiceActivityDetector Create() => _silero is null ? new EnergyVad() : new SileroVad(_silero);

    private static string? Find(string folder)
    {
        for (var from = new DirectoryInfo(AppContext.BaseDirectory); from is not null; from = from.Parent)
        {
            var candidate = Path.Combine(from.FullName, folder);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
