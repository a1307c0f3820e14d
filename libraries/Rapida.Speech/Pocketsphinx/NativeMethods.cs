using System.Runtime.InteropServices;

namespace Rapida.Speech.Pocketsphinx;

/// <summary>pocketsphinx and sphinxbase 5prealpha, as Debian 12 has them.</summary>
internal static partial class NativeMethods
{
    public const string Pocketsphinx = "libpocketsphinx.so.3";
    public const string Sphinxbase = "libsphinxbase.so.3";

    [LibraryImport(Sphinxbase, EntryPoint = "err_set_callback")]
    public static partial void SetErrorCallback(nint callback, nint userData);

    [LibraryImport(Sphinxbase, EntryPoint = "cmd_ln_parse_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ParseOptions(nint inOut, nint definitions, int count, string[] arguments, int strict);

    [LibraryImport(Sphinxbase, EntryPoint = "cmd_ln_free_r")]
    public static partial int FreeOptions(nint options);

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_args")]
    public static partial nint KnownOptions();

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_init")]
    public static partial DecoderHandle CreateDecoder(nint options);

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_free")]
    public static partial int FreeDecoder(nint decoder);

    /// <summary>Adds a search by another language model.</summary>
    [LibraryImport(Pocketsphinx, EntryPoint = "ps_set_lm_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddLanguageModel(DecoderHandle decoder, string name, string path);

    /// <summary>Chooses among the searches, between utterances.</summary>
    [LibraryImport(Pocketsphinx, EntryPoint = "ps_set_search", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChooseSearch(DecoderHandle decoder, string name);

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_start_utt")]
    public static partial int StartUtterance(DecoderHandle decoder);

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_process_raw")]
    public static partial int Process(DecoderHandle decoder, ReadOnlySpan<short> samples, nuint count, int noSearch, int wholeUtterance);

    [LibraryImport(Pocketsphinx, EntryPoint = "ps_end_utt")]
    public static partial int EndUtterance(DecoderHandle decoder);

    /// <summary>The text belongs to the decoder and lives until its next call.</summary>
    [LibraryImport(Pocketsphinx, EntryPoint = "ps_get_hyp")]
    public static partial nint Hypothesis(DecoderHandle decoder, out int score);
}

internal sealed class DecoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _ = NativeMethods.FreeDecoder(handle);
        return true;
    }
}
