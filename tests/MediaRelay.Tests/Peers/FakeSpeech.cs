using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rapida.MediaRelay.Pipeline;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>Speech providers that do what the test says.</summary>
internal sealed class FakeSpeech
{
    public FakeSpeech() => Providers = new SpeechProviders([Ears], [Mind], [Voice]);

    public FakeRecogniser Ears { get; } = new();

    public FakeModel Mind { get; } = new();

    public FakeVoice Voice { get; } = new();

    public SpeechProviders Providers { get; }

    public FixedPrompts Prompts { get; } = new();
}

/// <summary>Recognises what the test has put down, one text for each utterance.</summary>
internal sealed class FakeRecogniser : ISpeechToText
{
    private readonly ConcurrentQueue<string> _texts = new();

    public string Provider => "fake-ears";

    public ConcurrentQueue<RecognitionHint> Hints { get; } = new();

    /// <summary>Of 16 kHz.</summary>
    public int SamplesHeard { get; private set; }

    public Exception? Failure { get; set; }

    public void WillHear(params string[] texts)
    {
        foreach (var text in texts)
            _texts.Enqueue(text);
    }

    /// <summary>It was something else that the caller is saying now.</summary>
    public void HearsInstead(string text)
    {
        _texts.TryDequeue(out _);
        WillHear(text);
    }

    public Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<ISpeechToTextSession>(new Session(this)) : Task.FromException<ISpeechToTextSession>(Failure);

    private sealed class Session(FakeRecogniser owner) : ISpeechToTextSession
    {
        // 400 ms of what was before, and 200 ms more.
        private const int FramesUntilWords = 30;

        public int SampleRate => 16_000;

        private int _frames;

        public string Partial => _frames > FramesUntilWords && owner._texts.TryPeek(out var text) ? text : "";

        public void StartUtterance(RecognitionHint hint)
        {
            owner.Hints.Enqueue(hint);
            _frames = 0;
        }

        public void Push(ReadOnlySpan<short> samples)
        {
            owner.SamplesHeard += samples.Length;
            _frames++;
        }

        public Task<Transcript> FinishUtteranceAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new Transcript(owner._texts.TryDequeue(out var text) ? text : "", null));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Answers as the test says, and remembers what it was asked.</summary>
internal sealed class FakeModel : ILanguageModel
{
    public string Provider => "fake-mind";

    public ConcurrentQueue<LanguageModelRequest> Requests { get; } = new();

    public Func<LanguageModelRequest, IEnumerable<LanguageModelToken>> Answer { get; set; } = _ => [new LanguageModelToken.Text("I see.")];

    public async IAsyncEnumerable<LanguageModelToken> RespondAsync(
        LanguageModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        foreach (var token in Answer(request))
            yield return token;
        await Task.CompletedTask;
    }
}

/// <summary>Speaks a tone: 20 ms for each character, and a pause for a comma.</summary>
internal sealed class FakeVoice : ITextToSpeech
{
    public string Provider => "fake-voice";

    public ConcurrentQueue<string> Spoken { get; } = new();

    public Func<string, Exception?> Failure { get; set; } = _ => null;

    public static readonly TimeSpan Comma = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a text sounds.</summary>
    public static TimeSpan DurationOf(string text) => TimeSpan.FromMilliseconds(20 * text.Length);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        string text, SpeechSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Failure(text) is { } failure)
            throw failure;
        Spoken.Enqueue(text);
        foreach (var clause in text.Split(','))
        {
            if (clause != text.Split(',')[0])
                yield return new SpeechChunk(new short[(int)(Comma.TotalSeconds * 16_000)], 16_000);
            yield return new SpeechChunk(Tone(clause.Length), 16_000);
        }

        await Task.CompletedTask;
    }

    private static short[] Tone(int characters)
    {
        var samples = new short[320 * characters];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(6_000 * Math.Sin(2 * Math.PI * 440 * i / 16_000));
        return samples;
    }
}
