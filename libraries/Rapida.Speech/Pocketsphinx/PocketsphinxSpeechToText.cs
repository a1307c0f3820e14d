namespace Rapida.Speech.Pocketsphinx;

/// <summary>
/// Recognition on this machine, without key or network: CMU pocketsphinx with a language model of what callers say to a receptionist. Demo grade: short
/// answers, days, times, digits, yes and no.
/// </summary>
public sealed class PocketsphinxSpeechToText(PocketsphinxOptions? options = null) : ISpeechToText, ILocalEngine
{
    private readonly PocketsphinxOptions _options = options ?? new();
    private readonly Lazy<SpeechEngineMissingException?> _missing = new(() => FindMissing(options ?? new()));
    private Task<Decoder>? _ahead;

    public string Provider => "pocketsphinx";

    SpeechEngineMissingException? ILocalEngine.Missing => _missing.Value;

    /// <inheritdoc/>
    public async Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken)
    {
        // Once for this call, unless it was done ahead, and once for the next.
        WarmUp();
        var decoder = Interlocked.Exchange(ref _ahead, null) ?? CreateAsync();
        WarmUp();
        return new PocketsphinxSession(await decoder.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Begins to build the decoder of the next call, so that the call need not wait for it.</remarks>
    public void WarmUp()
    {
        if (_missing.Value is { } missing)
            throw missing;
        if (Volatile.Read(ref _ahead) is null)
            Interlocked.CompareExchange(ref _ahead, CreateAsync(), null);
    }

    private Task<Decoder> CreateAsync() => Task.Run(() => Decoder.Create(_options));

    private static SpeechEngineMissingException? FindMissing(PocketsphinxOptions options)
    {
        const string Packages = "libpocketsphinx3 libsphinxbase3 pocketsphinx-en-us";
        return NativeLibraries.Missing("pocketsphinx", Packages, NativeMethods.Sphinxbase, NativeMethods.Pocketsphinx)
            ?? (Directory.Exists(options.AcousticModel) ? null : new SpeechEngineMissingException("pocketsphinx", options.AcousticModel, Packages));
    }
}
