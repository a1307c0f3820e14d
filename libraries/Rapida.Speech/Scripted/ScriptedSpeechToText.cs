namespace Rapida.Speech.Scripted;

/// <summary>
/// A recogniser that hears what it was told it would: the option <c>hears</c> holds one line for each utterance, separated by <c>|</c>. For trying out
/// dialogues and for load: it costs nothing, and any sound will do.
/// </summary>
public sealed class ScriptedSpeechToText : ISpeechToText
{
    public string Provider => "scripted";

    /// <inheritdoc/>
    public Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken) =>
        Task.FromResult<ISpeechToTextSession>(new Session(settings.Get("hears", "").Split('|', StringSplitOptions.TrimEntries)));

    private sealed class Session(string[] lines) : ISpeechToTextSession
    {
        // What is heard for so long, 400 ms of what was before included, are words.
        private static readonly TimeSpan WordsAfter = TimeSpan.FromMilliseconds(600);

        private int _next;
        private int _samples;
        private bool _isListening;

        public int SampleRate => 8_000;

        public string Partial => _isListening && _samples >= WordsAfter.TotalSeconds * SampleRate ? Line : "";

        private string Line => _next < lines.Length ? lines[_next] : "";

        public void StartUtterance(RecognitionHint hint) => (_isListening, _samples) = (true, 0);

        public void Push(ReadOnlySpan<short> samples) => _samples += samples.Length;

        public Task<Transcript> FinishUtteranceAsync(CancellationToken cancellationToken)
        {
            var words = Partial;
            _isListening = false;
            if (words.Length > 0)
                _next++;
            return Task.FromResult(new Transcript(words, Confidence: null));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
