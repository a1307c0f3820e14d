using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.MediaRelay.Tools;
using Rapida.MediaRelay.Twilio;
using Conversation = Rapida.MediaRelay.Sessions.Conversation;
using Piece = Rapida.MediaRelay.Tests.Peers.ScriptedSocket.Piece;

namespace Rapida.MediaRelay.Tests.Streams;

/// <summary>A whole call on one thread, between the bytes that a socket gives and those that it takes.</summary>
public sealed class FrameAllocationTests : IStreamListener, IJournalSink, IDisposable
{
    private const int WarmUp = 200;
    private const int Frames = 200;

    private readonly SteppedClock _clock = new();
    private readonly SessionMailbox _mailbox = new();
    private readonly PlayoutQueue _playout = new();
    private readonly byte[][] _media = [.. Enumerable.Range(1, WarmUp + Frames).Select(number => Wire.Utf8(Wire.Media(number, Sounds.Silence)))];
    private readonly byte[][] _marks = [.. Enumerable.Range(1, 100).Select(number => Wire.Utf8($$$"""{"event":"mark","streamSid":"MZ1","mark":{"name":"0:{{{number}}}"}}"""))];
    private readonly ScriptedSocket _socket;
    private readonly TwilioStream _stream;
    private readonly Pacer _pacer;
    private readonly PlayoutLedger _ledger;
    private readonly Conversation _conversation;
    private readonly List<long> _allocated = new(WarmUp + Frames);
    private long _allocatedBefore;
    private int _entries;
    private int _entriesBefore;
    private int _sentMessages;
    private int _sentMarks;

    public FrameAllocationTests()
    {
        var speech = new FakeSpeech();
        var settings = new CallSettings
        {
            AssistantId = "1",
            LanguageModel = new ProviderSettings("fake-mind", new Dictionary<string, string>()),
            SpeechToText = new ProviderSettings("fake-ears", new Dictionary<string, string>()),
            TextToSpeech = new ProviderSettings("fake-voice", new Dictionary<string, string>()),
        };
        var relay = new RelayOptions();
        _socket = new ScriptedSocket(Script()) { Sent = Count };
        _stream = new TwilioStream(_socket, relay, _clock);
        var claim = new ClaimResponse { ProjectId = "p", ConversationId = "c", Attempt = 1, Settings = new SessionSettings() };
        var journal = new SessionJournal(claim, this, _clock);
        _ledger = new PlayoutLedger(journal.AssistantAudio);
        var patience = new Patience(relay.ProviderTimeout, _clock);
        var voice = new Voice(speech.Providers, speech.Prompts, settings, _playout, patience, _mailbox.Post);
        _pacer = new Pacer(_stream, _playout, _mailbox, _clock);
        var ears = new Ears(new EnergyVad(), speech.Providers, settings.SpeechToText, patience, _mailbox.Post);
        var tools = ToolBox.For(settings, "call", new HttpClient(), headers: null, _clock);
        var assistant = new Assistant(new AnswerPipeline(speech.Providers, settings, tools, voice, patience), tools, _playout, _clock, _mailbox.Post);
        _conversation = new Conversation(
            settings, relay, new TurnTakingOptions(), ears, assistant, _ledger, journal, _clock, NullLogger.Instance, CancellationToken.None);
    }

    public void Dispose() => _socket.Dispose();

    bool IJournalSink.HasRoomForAudio => true;

    [Fact]
    public async Task A_frame_is_read_decided_on_and_answered_without_allocation()
    {
        var turn = new AssistantTurn(0);
        var sentence = turn.Begin("words");
        for (var i = 0; i < WarmUp + Frames; i++)
            await _playout.WriteAsync(new SpeechFrame { Audio = Sounds.Silence, Sentence = sentence, Turn = turn }, CancellationToken.None);
        _mailbox.HandTo((in input) =>
        {
            _conversation.Take(input);
            return true;
        });
        await _stream.StartAsync(CancellationToken.None);

        await _stream.ListenAsync(this);

        Assert.Equal(WarmUp + Frames, _allocated.Count);
        Assert.InRange(_sentMessages, (WarmUp + Frames) / 4, ((WarmUp + Frames) / 4) + 1);
        Assert.InRange(_sentMarks, ((WarmUp + Frames) / 12) - 1, ((WarmUp + Frames) / 12) + 1);
        Assert.Equal("", string.Join(' ', _allocated.Select((bytes, frame) => (bytes, frame)).Skip(WarmUp).Where(one => one.bytes > 0)));
    }

    void IStreamListener.Audio(ReadOnlySpan<byte> mulaw)
    {
        _mailbox.Audio(mulaw);
        var sending = _pacer.StepAsync(CancellationToken.None);
        Assert.True(sending.IsCompletedSuccessfully);
        _clock.Step();
        // Every 320 ms a track's segment goes to the journal, and that allocates: it has left the media path.
        var (allocated, entries) = (GC.GetAllocatedBytesForCurrentThread(), _entries);
        _allocated.Add(entries > _entriesBefore ? 0 : allocated - _allocatedBefore);
        (_allocatedBefore, _entriesBefore) = (allocated, entries);
    }

    void IStreamListener.Returned(Mark mark)
    {
        _mailbox.Returned(mark);
        _pacer.Returned(mark);
    }

    void IStreamListener.Pressed(char key) => throw new NotSupportedException();

    void IJournalSink.Append(JournalEntry entry) => _entries++;

    private IEnumerator<Piece> Script()
    {
        yield return Wire.Piece(Wire.Start);
        var returned = 0;
        foreach (var media in _media)
        {
            yield return new Piece(media);
            if (returned < _sentMarks)
                yield return new Piece(_marks[returned++]);
        }
    }

    private void Count(ReadOnlyMemory<byte> message)
    {
        if (message.Span.StartsWith("""{"event":"media","""u8))
            _sentMessages++;
        else
            _sentMarks++;
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Step() => _now += MulawFrame.Duration.Ticks;
    }
}
