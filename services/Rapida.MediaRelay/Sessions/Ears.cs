using Rapida.Audio;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>Listens to one caller: decodes each frame, tells voice from silence, and gives utterances to the recogniser.</summary>
internal sealed class Ears(
    IVoiceActivityDetector vad, SpeechProviders providers, ProviderSettings settings, Patience patience, Action<SessionEvent> post) : IEars, IAsyncDisposable
{
    // Before voice is recognised as such its first sound is over: the recogniser hears 400 ms of what was before.
    private const int FramesBefore = 20;

    private readonly byte[] _heard = new byte[FramesBefore * MulawFrame.Size];
    private ISpeechToTextSession? _recogniser;
    private Resampler? _resampler;
    private short[] _resampled = [];
    private int _frame;
    private bool _isListening;

    /// <summary>Prepares the recogniser.</summary>
    /// <exception cref="SpeechProviderException">It cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var opening = providers.SpeechToText(settings.Name).OpenAsync(settings.ToSpeechSettings(), cancellationToken);
        _recogniser = await patience.WaitForAsync(opening, settings.Name, cancellationToken);
        _resampled = new short[MulawFrame.Size * _recogniser.SampleRate / StreamTime.SampleRate];
    }

    public Perception Hear(ReadOnlySpan<byte> mulaw, PlayoutLedger ledger)
    {
        // On the stack, which is in the processor's cache: what a call owns is not, between two of its frames.
        Span<short> near = stackalloc short[MulawFrame.Size];
        Span<short> farEnd = stackalloc short[MulawFrame.Size];
        mulaw.CopyTo(Heard(_frame++));
        Mulaw.Decode(mulaw, near);
        var ours = ledger.Hearing();
        Mulaw.Decode(ours, farEnd);
        if (_isListening)
            Push(near);
        return new Perception(vad.Push(near, farEnd[..ours.Length]).Voiced, _isListening ? _recogniser!.Partial : "");
    }

    public void Begin(RecognitionHint hint)
    {
        if (_recogniser is null)
            return;

        _isListening = true;
        _resampler = new Resampler(StreamTime.SampleRate, _recogniser.SampleRate);
        _recogniser.StartUtterance(hint);
        Span<short> samples = stackalloc short[MulawFrame.Size];
        for (var i = Math.Max(0, _frame - FramesBefore); i < _frame; i++)
        {
            Mulaw.Decode(Heard(i), samples);
            Push(samples);
        }
    }

    public void Finish(Utterance utterance, CancellationToken cancellationToken)
    {
        _isListening = false;
        _ = FinishAsync(utterance, cancellationToken);
    }

    public void Forget()
    {
        _isListening = false;
        if (_recogniser is not null)
            _ = _recogniser.FinishUtteranceAsync(CancellationToken.None).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public ValueTask DisposeAsync()
    {
        (vad as IDisposable)?.Dispose();
        return _recogniser?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private Span<byte> Heard(int frame) => _heard.AsSpan(frame % FramesBefore * MulawFrame.Size, MulawFrame.Size);

    // Only what is listened to: a filter costs more than all the rest that a frame goes through.
    private void Push(ReadOnlySpan<short> samples) => _recogniser!.Push(_resampled.AsSpan(0, _resampler!.Resample(samples, _resampled)));

    private async Task FinishAsync(Utterance utterance, CancellationToken cancellationToken)
    {
        try
        {
            var transcript = _recogniser is null
                ? Transcript.Nothing
                : await patience.WaitForAsync(_recogniser.FinishUtteranceAsync(cancellationToken), settings.Name, cancellationToken);
            post(new SessionEvent.WordsHeard(utterance, transcript.Text.Trim()));
        }
        catch (SpeechProviderException exception)
        {
            post(new SessionEvent.ProviderFailed(null, exception));
        }
        catch (OperationCanceledException)
        {
            // The session is over: nobody asks for the words.
        }
    }
}
