using System.Runtime.InteropServices;

namespace Rapida.Speech.Flite;

/// <summary>flite 2.2, as Debian 12 has it.</summary>
internal static partial class NativeMethods
{
    public const string Flite = "libflite.so.1";
    public const string SltVoice = "libflite_cmu_us_slt.so.1";
    public const string RmsVoice = "libflite_cmu_us_rms.so.1";

    [LibraryImport(Flite, EntryPoint = "flite_init")]
    public static partial int Initialise();

    [LibraryImport(SltVoice, EntryPoint = "register_cmu_us_slt")]
    public static partial nint RegisterSlt(nint voiceDirectory);

    [LibraryImport(RmsVoice, EntryPoint = "register_cmu_us_rms")]
    public static partial nint RegisterRms(nint voiceDirectory);

    [LibraryImport(Flite, EntryPoint = "flite_text_to_wave", StringMarshalling = StringMarshalling.Utf8)]
    public static partial WaveHandle Speak(string text, nint voice);

    [LibraryImport(Flite, EntryPoint = "delete_wave")]
    public static partial void Delete(nint wave);
}

/// <summary>A <c>cst_wave</c>: what flite has spoken.</summary>
internal sealed unsafe class WaveHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>A copy of the samples.</summary>
    public SpeechChunk ToChunk()
    {
        var wave = (Wave*)handle;
        return new SpeechChunk(new ReadOnlySpan<short>(wave->Samples, wave->Count).ToArray(), wave->SampleRate);
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.Delete(handle);
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Wave
    {
        public byte* Type;
        public int SampleRate;
        public int Count;
        public int Channels;
        public short* Samples;
    }
}
