using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tests.Peers;

namespace Rapida.MediaRelay.Tests.Playout;

public sealed class PlayoutLedgerTests
{
    private readonly List<(long FirstSample, byte Code)> _heard = [];
    private readonly AssistantTurn _turn = new(0);
    private readonly Sentence _sentence;
    private readonly PlayoutLedger _ledger;
    private long _position;
    private int _marks;

    public PlayoutLedgerTests()
    {
        _sentence = _turn.Begin("one two three four five");
        _ledger = new PlayoutLedger((first, mulaw) => _heard.Add((first, mulaw[0])));
    }

    [Fact]
    public void Audio_before_a_mark_ended_where_the_mark_came_back()
    {
        Advance(50);
        Send(10);
        var mark = MarkOf(_turn);
        Advance(12);

        var news = _ledger.Returned(mark);

        Assert.Same(_turn, news.Finished);
        Assert.Equal(52 * 160, _heard[0].FirstSample);
        Assert.Equal(62 * 160, _turn.HeardUntil);
        Assert.Equal(10, _heard.Count);
        Assert.False(_ledger.IsPlaying);
    }

    [Fact]
    public void After_a_clear_only_what_was_played_by_then_was_heard()
    {
        Send(10);
        var mark = MarkOf(null);
        Advance(10);
        _ledger.Returned(mark);
        Send(10);
        var voided = MarkOf(_turn);
        Advance(4);

        var barrier = Clear();
        Assert.Equal(default, _ledger.Returned(voided));
        var news = _ledger.Returned(barrier);

        Assert.True(news.IsCleared);
        Assert.Null(news.Finished);
        Assert.Equal(14, _heard.Count);
        Assert.Equal("one two three", _turn.HeardText());
    }

    [Fact]
    public void Marks_of_an_older_generation_prove_nothing()
    {
        Send(10);
        var old = MarkOf(_turn);
        var barrier = Clear();
        Advance(1);

        Assert.Equal(default, _ledger.Returned(old));
        Assert.True(_ledger.Returned(barrier).IsCleared);
        Assert.Equal(default, _ledger.Returned(barrier));
    }

    [Fact]
    public void What_is_sent_after_a_clear_is_heard_after_it()
    {
        Send(10);
        Advance(3);
        var barrier = Clear();
        var next = new AssistantTurn(1);
        Send(5, next.Begin("next"));
        var mark = MarkOf(next);
        Advance(1);
        _ledger.Returned(barrier);
        Advance(5);

        Assert.Same(next, _ledger.Returned(mark).Finished);
        Assert.Equal(4 * 160, next.HeardFrom);
        Assert.Equal(9 * 160, next.HeardUntil);
    }

    [Fact]
    public void A_mark_that_never_comes_back_is_given_up()
    {
        Send(10);
        MarkOf(_turn);
        Advance(10);
        Assert.True(_ledger.IsPlaying);

        AssistantTurn? finished = null;
        for (var frame = 0; frame < 160 && finished is null; frame++)
            finished = Advance(1).Finished;

        Assert.Same(_turn, finished);
        Assert.Equal(10 * 160, _turn.HeardUntil);
    }

    [Fact]
    public void At_the_end_of_the_stream_what_was_not_played_was_not_heard()
    {
        Send(10);
        MarkOf(_turn);
        Advance(6);

        _ledger.SettleAll();

        Assert.Equal(6, _heard.Count);
    }

    [Fact]
    public void The_far_end_is_what_the_caller_hears_now()
    {
        Send(3);

        var heard = new List<byte>();
        for (; !_ledger.Hearing().IsEmpty; Advance(1))
            heard.Add(_ledger.Hearing()[0]);

        Assert.Equal([0, 1, 2], heard);
    }

    /// <summary>The pacer and the carrier do whatever they like: the ledger says where each frame was heard, within 20 ms.</summary>
    [Fact]
    public void Whatever_is_sent_and_cleared_the_ledger_knows_what_was_heard_and_where() =>
        Prop.ForAll(Gen.Choose(0, 99).ArrayOf(300).ToArbitrary(), dice => new Trial(dice).Run()).QuickCheckThrowOnFailure();

    private void Send(int frames, Sentence? sentence = null)
    {
        sentence ??= _sentence;
        for (var i = 0; i < frames; i++)
        {
            sentence.Grow(160);
            _ledger.Sent(FrameOf((byte)i, sentence));
        }
    }

    private Mark MarkOf(AssistantTurn? ended)
    {
        var mark = new Mark(0, ++_marks);
        _ledger.Marked(mark, ended);
        return mark;
    }

    private Mark Clear()
    {
        var barrier = new Mark(0, ++_marks);
        _ledger.Cleared(barrier);
        return barrier;
    }

    private PlayoutNews Advance(int frames)
    {
        var news = default(PlayoutNews);
        for (var i = 0; i < frames; i++)
            news = news.And(_ledger.Advance(_position += 160));
        return news;
    }

    private static SpeechFrame FrameOf(byte code, Sentence sentence)
    {
        var audio = Enumerable.Repeat(code, 160).ToArray();
        return new SpeechFrame { Audio = audio, Sentence = sentence, Turn = sentence.Turn };
    }

    /// <summary>One random run against a model of the carrier: each of its frames holds its own number.</summary>
    private sealed class Trial(int[] dice)
    {
        private readonly CarrierBuffer _carrier = new();
        private readonly Dictionary<string, Mark> _marks = [];
        private readonly Dictionary<byte, long> _truth = [];
        private readonly Dictionary<byte, long> _claimed = [];
        private AssistantTurn _turn = new(0);
        private byte _number;
        private long _position;
        private int _lastMark;

        public bool Run()
        {
            var ledger = new PlayoutLedger((first, mulaw) => _claimed[mulaw[0]] = first);
            foreach (var die in dice)
            {
                if (die < 12 && _number < 250)
                    Send(ledger, 1 + die % 5);
                if (die is >= 50 and < 53)
                    Clear(ledger);
                Tick(ledger);
            }

            MarkSent(ledger);
            for (var i = 0; i < 300; i++)
                Tick(ledger);
            return _truth.Count == _claimed.Count && _truth.All(heard => Math.Abs(_claimed[heard.Key] - heard.Value) <= 160);
        }

        private void Send(PlayoutLedger ledger, int frames)
        {
            var sentence = _turn.Begin("words");
            for (; frames > 0 && _number < 250; frames--)
            {
                // 255 is silence.
                var frame = FrameOf(_number++, sentence);
                ReadOnlySpan<byte> audio = frame.Audio.Span;
                ledger.Sent(frame);
                _carrier.Add(audio);
            }

            MarkSent(ledger);
        }

        private void Clear(PlayoutLedger ledger)
        {
            _turn = new AssistantTurn(_turn.Generation + 1);
            var barrier = NextMark();
            ledger.Cleared(barrier);
            AddMark(barrier);
            _carrier.Clear();
            ReturnMarks(ledger);
        }

        private void Tick(PlayoutLedger ledger)
        {
            var heard = _carrier.Play();
            if (heard[0] != 0xFF)
                _truth[heard[0]] = _position;
            ledger.Advance(_position += 160);
            ReturnMarks(ledger);
        }

        private void MarkSent(PlayoutLedger ledger)
        {
            var mark = NextMark();
            ledger.Marked(mark, null);
            AddMark(mark);
        }

        private Mark NextMark() => new(_turn.Generation, ++_lastMark);

        private void AddMark(Mark mark)
        {
            _marks[mark.ToString()] = mark;
            _carrier.AddMark(mark.ToString());
        }

        private void ReturnMarks(PlayoutLedger ledger)
        {
            foreach (var name in _carrier.TakeMarks())
                ledger.Returned(_marks[name]);
        }
    }
}
