extern alias relay;

using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Tests.Peers;
using relay::Rapida.MediaRelay.Journal;
using relay::Rapida.MediaRelay.Pipeline;
using relay::Rapida.MediaRelay.Playout;
using relay::Rapida.MediaRelay.Sessions;
using relay::Rapida.MediaRelay.Settings;
using relay::Rapida.MediaRelay.Tools;
using relay::Rapida.MediaRelay.Twilio;
using CallConversation = relay::Rapida.MediaRelay.Sessions.Conversation;
using SessionInput = relay::Rapida.MediaRelay.Sessions.SessionInput;

namespace Benchmarks;

/// <summary>
/// One call in which the assistant speaks all the time, on one thread, between the bytes that a socket gives and those that it takes: all that the relay itself
/// does about a frame, from JSON to the last decision, the messages that it sends, and the journal. No socket, no timer that rings, no speech engines.
/// </summary>
internal sealed class WholeFrame : IStreamListener, IJournalSink
{
    public const int Frames = 500;

    // {"event":"media","streamSid":"MZ…","media":{"payload":""}}
    private const int Envelope = 89;

    private const string Head = """{"event":"media","sequenceNumber":"00000000","media":{"track":"inbound","chunk":"00000000","timestamp":"00000000","payload":""";

    private static readonly byte[] Quiet = [.. Enumerable.Repeat(Mulaw.Silence, MulawFrame.Size)];

    private readonly SteppedClock _clock = new();
    private readonly SessionMailbox _mailbox = new();
    private readonly PlayoutQueue _playout = new();
    private readonly TwilioStream _stream;
    private readonly Pacer _pacer;
    private readonly CallConversation _conversation;
    private readonly AssistantTurn _turn = new(0);
    private readonly Sentence _sentence;
    private readonly byte[] _media = Encoding.UTF8.GetBytes($$"""{{Head}}"{{Convert.ToBase64String(Quiet)}}"},"streamSid":"MZ{{new string('0', 32)}}"}""");
    private readonly Queue<(byte[] Mark, int Length, long At)> _marks = new();
    private readonly Queue<byte[]> _buffers = new(Enumerable.Range(0, 20).Select(_ => new byte[256]));
    private readonly (int SequenceNumber, int Chunk, int Timestamp) _places;
    private long _heard;
    private long _sent;

    public WholeFrame()
    {
        var at = Encoding.UTF8.GetBytes(Head).AsSpan();
        _places = (at.IndexOf("sequenceNumber"u8) + 17, at.IndexOf("chunk"u8) + 8, at.IndexOf("timestamp"u8) + 12);
        var settings = new CallSettings
        {
            AssistantId = "1",
            LanguageModel = new ProviderSettings("bench", new Dictionary<string, string>()),
            SpeechToText = new ProviderSettings("bench", new Dictionary<string, string>()),
            TextToSpeech = new ProviderSettings("bench", new Dictionary<string, string>()),
            // It goes on for as long as it is measured.
            IdleTimeout = TimeSpan.FromDays(365),
            Remaining = TimeSpan.FromDays(365),
        };
        var (relay, speech) = (new RelayOptions(), RelayPeers.Speech());
        _stream = new TwilioStream(new ScriptedSocket(Script()) { Sent = Note }, relay, _clock);
        var journal = new SessionJournal(
            new ClaimResponse { ProjectId = "p", ConversationId = "c", Attempt = 1, Settings = new SessionSettings() }, this, _clock);
        var ledger = new PlayoutLedger(journal.AssistantAudio);
        var patience = new Patience(relay.ProviderTimeout, _clock);
        var voice = new Voice(speech, new FixedPrompts(), settings, _playout, patience, _mailbox.Post);
        _pacer = new Pacer(_stream, _playout, _mailbox, _clock);
        var ears = new Ears(new EnergyVad(), speech, settings.SpeechToText, patience, _mailbox.Post);
        var tools = ToolBox.For(settings, "call", new HttpClient(), headers: null, _clock);
        var assistant = new Assistant(new AnswerPipeline(speech, settings, tools, voice, patience), tools, _playout, _clock, _mailbox.Post);
        _conversation = new CallConversation(
            settings, relay, new TurnTakingOptions(), ears, assistant, ledger, journal, _clock, NullLogger.Instance, CancellationToken.None);
        _sentence = new Sentence(_turn, "words");
        _mailbox.HandTo(Decide);
        if (!_stream.StartAsync(CancellationToken.None).IsCompletedSuccessfully)
            throw new InvalidOperationException("The stream does not start.");
        // A voice is always ahead.
        for (var i = 0; i < 100; i++)
            Speak();
        _ = _pacer.RunAsync(CancellationToken.None);
    }

    /// <summary>Ten seconds of the call.</summary>
    public void Run()
    {
        var before = _sent;
        if (!_stream.ListenAsync(this).IsCompletedSuccessfully || _sent - before is < Frames - 10 or > Frames + 10 || _stream.Unread > 0)
            throw new InvalidOperationException($"Of {Frames} frames {_sent - before} were answered.");
    }

    bool IJournalSink.HasRoomForAudio => true;

    void IJournalSink.Append(JournalEntry entry)
    {
    }

    void IStreamListener.Audio(ReadOnlySpan<byte> mulaw)
    {
        _clock.Step();
        Speak();
        _mailbox.Audio(mulaw);
    }

    void IStreamListener.Returned(Mark mark) => _mailbox.Returned(mark);

    void IStreamListener.Pressed(char key) => throw new NotSupportedException();

    private void Speak()
    {
        var writing = _playout.WriteAsync(new SpeechFrame { Audio = Quiet, Sentence = _sentence, Turn = _turn, IsAudible = true }, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
            throw new InvalidOperationException("The queue is full.");
    }

    // As the session does.
    private bool Decide(in SessionInput input)
    {
        _conversation.Take(input);
        if (input.Kind is InputKind.Heard)
            _pacer.Tick();
        else if (input.Kind is InputKind.Returned)
            _pacer.Returned(input.Mark);
        return _conversation.Ending is null;
    }

    private IEnumerator<ScriptedSocket.Piece> Script()
    {
        yield return new(Encoding.UTF8.GetBytes(
            $$$"""{"event":"start","start":{"streamSid":"MZ{{{new string('0', 32)}}}","callSid":"CA1","accountSid":"AC1"},"streamSid":"MZ{{{new string('0', 32)}}}"}"""));
        while (true)
        {
            for (var i = 0; i < Frames; i++)
            {
                Number(_places.SequenceNumber, _heard + 1);
                Number(_places.Chunk, _heard + 1);
                Number(_places.Timestamp, 20 * _heard++ % 100_000_000);
                yield return new(_media);
                if (!_marks.TryPeek(out var next) || _heard < next.At)
                    continue;
                yield return new(next.Mark.AsMemory(0, next.Length));
                _marks.Dequeue();
                _buffers.Enqueue(next.Mark);
            }

            yield return new("""{"event":"stop"}"""u8.ToArray());
        }
    }

    // As long as the others: no message is made anew.
    private void Number(int at, long number) => Utf8Formatter.TryFormat(number % 100_000_000, _media.AsSpan(at), out _, new('D', 8));

    // A mark comes back as it was sent, when what was sent before it has been played: 40 ms late, as a line is.
    private void Note(ReadOnlyMemory<byte> message)
    {
        if (message.Span.StartsWith("""{"event":"mark","""u8))
        {
            var buffer = _buffers.Dequeue();
            message.CopyTo(buffer);
            _marks.Enqueue((buffer, message.Length, _sent + 3));
        }
        else
            _sent += (message.Length - Envelope) * 3 / 4 / MulawFrame.Size;
    }

    /// <summary>20 ms a frame. Its alarms do not ring: all is in time.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Alarm();

        public void Step() => _now += MulawFrame.Duration.Ticks;

        private sealed class Alarm : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
