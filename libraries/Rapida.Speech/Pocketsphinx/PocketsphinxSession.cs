using System.Threading.Channels;

namespace Rapida.Speech.Pocketsphinx;

/// <summary>One call's recogniser: a queue of frames and one loop that owns the decoder.</summary>
internal sealed class PocketsphinxSession : ISpeechToTextSession
{
    // Ten seconds. The decoder runs twenty times faster than speech; when a starved machine lets the queue fill, further frames are dropped and
    // their words lost, because old words are worth more than late ones.
    private const int MostFramesWaiting = 500;
    private const int FramesPerPartial = 5;

    // Unbounded for the two commands of an utterance; Push keeps the bound.
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>();
    private readonly Decoder _decoder;
    private readonly Task _loop;
    private bool _inUtterance;
    private int _frames;

    public PocketsphinxSession(Decoder decoder)
    {
        _decoder = decoder;
        _loop = Task.Run(RunAsync);
    }

    public int SampleRate => 16_000;

    public string Partial { get; private set; } = "";

    public void StartUtterance(RecognitionHint hint)
    {
        _inUtterance = true;
        _work.Writer.TryWrite(new Work { Kind = WorkKind.Start, Hint = hint });
    }

    public void Push(ReadOnlySpan<short> samples)
    {
        if (!_inUtterance)
            return;

        for (; !samples.IsEmpty; samples = samples[Math.Min(PcmFrame.Capacity, samples.Length)..])
            if (_work.Reader.Count < MostFramesWaiting)
                _work.Writer.TryWrite(new Work { Kind = WorkKind.Frame, Frame = new PcmFrame(samples[..Math.Min(PcmFrame.Capacity, samples.Length)]) });
    }

    public Task<Transcript> FinishUtteranceAsync(CancellationToken cancellationToken)
    {
        if (!_inUtterance)
            return Task.FromResult(Transcript.Nothing);

        _inUtterance = false;
        var finished = new TaskCompletionSource<Transcript>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Writer.TryWrite(new Work { Kind = WorkKind.Finish, Finished = finished });
        return finished.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop;
        _decoder.Dispose();
    }

    private async Task RunAsync()
    {
        SpeechProviderException? failure = null;
        await foreach (var work in _work.Reader.ReadAllAsync())
        {
            if (work.Kind is WorkKind.Start)
                failure = null;
            try
            {
                if (failure is null)
                    Do(work);
            }
            catch (SpeechProviderException e)
            {
                failure = e;
            }

            // Whoever waits for the words learns that there are none.
            if (failure is not null)
                work.Finished?.TrySetException(failure);
        }
    }

    private void Do(in Work work)
    {
        switch (work.Kind)
        {
            case WorkKind.Start:
                _decoder.Start(work.Hint);
                Partial = "";
                _frames = 0;
                break;
            case WorkKind.Frame:
                _decoder.Process(work.Frame.Samples);
                if (++_frames % FramesPerPartial == 0)
                    Partial = _decoder.Hypothesis();
                break;
            case WorkKind.Finish:
                _decoder.End();
                work.Finished!.TrySetResult(new Transcript(_decoder.Hypothesis(), Confidence: null));
                break;
        }
    }

    private enum WorkKind
    {
        Start,
        Frame,
        Finish,
    }

    private struct Work
    {
        public WorkKind Kind;
        public RecognitionHint Hint;
        public PcmFrame Frame;
        public TaskCompletionSource<Transcript>? Finished;
    }
}
