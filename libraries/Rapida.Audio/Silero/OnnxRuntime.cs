using System.Runtime.InteropServices;

namespace Rapida.Audio.Silero;

/// <summary>
/// The few functions of ONNX Runtime's C API that one model needs. The library exports a single function, which leads to a table; a function's place
/// in it never changes (onnxruntime_c_api.h).
/// </summary>
internal sealed unsafe class OnnxRuntime
{
    private const uint ApiVersion = 17;
    private const int Warning = 2, ArenaAllocator = 1, DefaultMemory = 0;

    private readonly nint* _api;
    private readonly nint _environment;
    private readonly nint _cpu;

    /// <exception cref="SileroUnavailableException">The library cannot be loaded, or is older than version 1.17.</exception>
    public OnnxRuntime(string libraryPath)
    {
        if (!NativeLibrary.TryLoad(libraryPath, out var library) || !NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getApiBase))
            throw new SileroUnavailableException($"{Path.GetFileName(libraryPath)} cannot be loaded.");

        var apiBase = (nint*)((delegate* unmanaged<nint>)getApiBase)();
        _api = (nint*)((delegate* unmanaged<uint, nint>)apiBase[0])(ApiVersion);
        if (_api == null)
            throw new SileroUnavailableException($"{Path.GetFileName(libraryPath)} is older than ONNX Runtime 1.{ApiVersion}.");

        fixed (nint* environment = &_environment, cpu = &_cpu)
        fixed (byte* name = "rapida\0"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_api[3])(Warning, name, environment));
            Check(((delegate* unmanaged<int, int, nint*, nint>)_api[69])(ArenaAllocator, DefaultMemory, cpu));
        }
    }

    /// <summary>A session that calculates on the calling thread; any number of threads may.</summary>
    public nint OpenSession(ReadOnlySpan<byte> model)
    {
        nint options, session;
        Check(((delegate* unmanaged<nint*, nint>)_api[10])(&options));
        Check(((delegate* unmanaged<nint, int, nint>)_api[24])(options, 1));
        fixed (byte* bytes = model)
            Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)_api[8])(_environment, bytes, (nuint)model.Length, options, &session));
        return session;
    }

    /// <summary>A tensor that lives in <paramref name="pinned"/>, which must stay where it is and outlive the tensor.</summary>
    public Tensor Wrap<T>(T[] pinned, ReadOnlySpan<long> shape) where T : unmanaged
    {
        const int Float = 1, Int64 = 7;
        nint value;
        fixed (long* dimensions = shape)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_api[49])(
                _cpu, (void*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), (nuint)(pinned.Length * sizeof(T)), dimensions, (nuint)shape.Length,
                typeof(T) == typeof(float) ? Float : Int64, &value));
        }

        return new Tensor(value, (delegate* unmanaged<nint, void>)_api[96], pinned);
    }

    /// <summary>Calculates <paramref name="outputs"/> from <paramref name="inputs"/>; names are pointers to texts that end in a zero byte.</summary>
    public void Run(nint session, ReadOnlySpan<nint> inputNames, ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputNames, ReadOnlySpan<nint> outputs)
    {
        fixed (nint* inNames = inputNames, ins = inputs, outNames = outputNames, outs = outputs)
        {
            Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_api[9])(
                session, 0, inNames, ins, (nuint)inputs.Length, outNames, (nuint)outputs.Length, outs));
        }
    }

    private void Check(nint status)
    {
        if (status == 0)
            return;

        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_api[2])(status));
        ((delegate* unmanaged<nint, void>)_api[93])(status);
        throw new SileroUnavailableException($"ONNX Runtime: {message}");
    }
}

/// <summary>An <c>OrtValue</c> over memory of ours.</summary>
internal sealed unsafe class Tensor : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    // Keeps the memory alive for as long as the tensor.
    private readonly Array _memory;

    public Tensor(nint value, delegate* unmanaged<nint, void> release, Array memory) : base(0, ownsHandle: true)
    {
        _release = release;
        _memory = memory;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
