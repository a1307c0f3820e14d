using System.Runtime.InteropServices;

namespace Rapida.Audio.Silero;

/// <summary>
/// The Silero voice detector, version 5 (MIT licence), at 8 kHz: one per process, for any number of calls and threads. <c>make vad</c> fetches its two files.
/// </summary>
public sealed class SileroModel
{
    // [1, 32 + 256] samples, [2, 1, 128] state, sampling rate → [1, 1] probability, [2, 1, 128] state.
    private static readonly nint[] InputNames = [Name("input"), Name("state"), Name("sr")];
    private static readonly nint[] OutputNames = [Name("output"), Name("stateN")];

    private readonly nint _session;

    private SileroModel(OnnxRuntime runtime, ReadOnlySpan<byte> model)
    {
        Runtime = runtime;
        _session = runtime.OpenSession(model);
    }

    /// <summary>ONNX Runtime's library, as the folder must hold it.</summary>
    public const string LibraryFile = "libonnxruntime.so";

    /// <summary>The model, as the folder must hold it.</summary>
    public const string ModelFile = "silero_vad_v5.onnx";

    internal OnnxRuntime Runtime { get; }

    /// <summary>Loads library and model from <paramref name="folder"/>; some 50 ms.</summary>
    /// <exception cref="SileroUnavailableException">A file is missing, or is not what it should be.</exception>
    public static SileroModel Load(string folder)
    {
        foreach (var file in new[] { LibraryFile, ModelFile })
            if (!File.Exists(Path.Combine(folder, file)))
                throw new SileroUnavailableException($"{file} is missing: make vad brings it.");
        return new SileroModel(new OnnxRuntime(Path.Combine(folder, LibraryFile)), File.ReadAllBytes(Path.Combine(folder, ModelFile)));
    }

    internal void Run(ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs) => Runtime.Run(_session, InputNames, inputs, OutputNames, outputs);

    private static nint Name(string name) => Marshal.StringToCoTaskMemUTF8(name);
}

/// <summary>The Silero detector cannot be used; the message says why.</summary>
public sealed class SileroUnavailableException(string message) : Exception(message);
