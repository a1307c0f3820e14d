using System.Net.WebSockets;
using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tests.Peers;
using Piece = Rapida.MediaRelay.Tests.Peers.ScriptedSocket.Piece;

namespace Rapida.MediaRelay.Tests.Twilio;

public sealed class TwilioStreamTests
{
    private readonly Wire _wire = new();

    [Fact]
    public async Task Audio_marks_and_keys_are_handed_over_in_the_order_in_which_they_came()
    {
        var stream = await _wire.HearAsync(
        [
            Wire.Piece(Wire.Media(1)),
            Wire.Piece("""{"event":"mark","sequenceNumber":"3","streamSid":"MZ1","mark":{"name":"0:7"}}"""),
            Wire.Piece("""{"event":"dtmf","sequenceNumber":"4","streamSid":"MZ1","dtmf":{"track":"inbound_track","digit":"5"}}"""),
            Wire.Piece("""{"event":"stop","sequenceNumber":"5","streamSid":"MZ1","stop":{"accountSid":"AC1","callSid":"CA1"}}"""),
            Wire.Piece(Wire.Media(5)),
        ]);

        Assert.Equal(Wire.Frame(1), _wire.Audio);
        Assert.Equal([new Mark(0, 7)], _wire.Marks);
        Assert.Equal("5", _wire.Keys);
        Assert.Equal((0, 0, 0), (stream.Unread, stream.MissingMessages, stream.MissingMs));
    }

    [Fact]
    public async Task What_belongs_to_another_stream_is_counted_and_not_heard()
    {
        var stream = await _wire.HearAsync(
        [
            Wire.Piece(Wire.Media(1).Replace("MZ1", "MZ2", StringComparison.Ordinal)),
            Wire.Piece("""{"event":"stop","sequenceNumber":"3","streamSid":"MZ2"}"""),
            Wire.Piece(Wire.Media(2)),
        ]);

        Assert.Equal(Wire.Frame(2), _wire.Audio);
        Assert.Equal(2, stream.Unread);
    }

    [Fact]
    public async Task Messages_that_did_not_come_are_counted()
    {
        var stream = await _wire.HearAsync([Wire.Piece(Wire.Media(1)), Wire.Piece(Wire.Media(14)), Wire.Piece(Wire.Media(15))]);

        Assert.Equal((0, 12, 240), (stream.Unread, stream.MissingMessages, stream.MissingMs));
        Assert.Equal(3 * 160, _wire.Audio.Count);
    }

    [Fact]
    public async Task Numbers_that_make_no_sense_are_no_gaps()
    {
        var stream = await _wire.HearAsync(
        [
            Wire.Piece(Wire.Media(1)),
            Wire.Piece("""{"event":"media","sequenceNumber":"9223372036854775807","media":{"timestamp":"9223372036854775807","payload":"AQID"}}"""),
            Wire.Piece("""{"event":"media","sequenceNumber":"-3","media":{"timestamp":"soon","payload":"AQID"}}"""),
            Wire.Piece("""{"event":"media","sequenceNumber":{"a":1},"media":{"payload":"AQID"}}"""),
            Wire.Piece(Wire.Media(2)),
        ]);

        Assert.Equal((0, 0, 0), (stream.Unread, stream.MissingMessages, stream.MissingMs));
        Assert.Equal(160 + 9 + 160, _wire.Audio.Count);
    }

    [Fact]
    public async Task What_comes_twice_or_late_is_heard_and_is_no_gap()
    {
        var stream = await _wire.HearAsync([Wire.Piece(Wire.Media(3)), Wire.Piece(Wire.Media(2)), Wire.Piece(Wire.Media(2)), Wire.Piece(Wire.Media(3))]);

        Assert.Equal(4 * 160, _wire.Audio.Count);
        Assert.Equal((0, 0), (stream.Unread, stream.MissingMessages));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"event":"weather"}""")]
    [InlineData("""{"event":"media","media":{"payload":"%%%"}}""")]
    [InlineData("""{"event":"dtmf","dtmf":{"digit":"12"}}""")]
    [InlineData("""{"event":"media","media":{"payload":"AQID"}""")]
    [InlineData("""{"event":"media","media":{"payload":"\ud800"}}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_message_that_cannot_be_read_is_counted_and_the_next_one_is_heard(string message)
    {
        var stream = await _wire.HearAsync([Wire.Piece(message), Wire.Piece(Wire.Media(1))]);

        Assert.Equal(1, stream.Unread);
        Assert.Equal(Wire.Frame(1), _wire.Audio);
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1_000_000)]
    public async Task A_message_that_is_too_long_is_counted_once_and_the_next_one_is_heard(int length)
    {
        var stream = await _wire.HearAsync([new Piece(new byte[length]), Wire.Piece(Wire.Media(1))]);

        Assert.Equal(1, stream.Unread);
        Assert.Equal(Wire.Frame(1), _wire.Audio);
    }

    [Fact]
    public async Task A_binary_message_is_counted_and_the_next_one_is_heard()
    {
        var binary = new Piece(Wire.Utf8(Wire.Media(1)), Type: WebSocketMessageType.Binary);

        var stream = await _wire.HearAsync([binary with { EndsMessage = false }, binary, Wire.Piece(Wire.Media(2))]);

        Assert.Equal(1, stream.Unread);
        Assert.Equal(Wire.Frame(2), _wire.Audio);
    }

    [Fact]
    public async Task A_message_that_fits_exactly_is_heard()
    {
        const int Longest = (64 * 1024) - 1;
        var message = Wire.Media(1);
        var padded = message.Replace(",\"streamSid\"", "," + new string(' ', Longest - message.Length) + "\"streamSid\"", StringComparison.Ordinal);

        var stream = await _wire.HearAsync([Wire.Piece(padded)]);

        Assert.Equal((Longest, 0), (padded.Length, stream.Unread));
        Assert.Equal(Wire.Frame(1), _wire.Audio);
    }

    [Fact]
    public void However_messages_are_cut_into_pieces_the_same_is_heard() =>
        Prop.ForAll(Gen.Choose(1, 400).NonEmptyListOf().ToArbitrary(), lengths =>
        {
            var wire = new Wire();
            var pieces = Enumerable.Range(1, 5).SelectMany(number => Cut(Wire.Utf8(Wire.Media(number)), lengths));
            var stream = wire.HearAsync(pieces).GetAwaiter().GetResult();
            return stream.Unread == 0 && wire.Audio.SequenceEqual(Enumerable.Range(1, 5).SelectMany(Wire.Frame));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_bytes_come_the_next_frame_is_heard() =>
        Prop.ForAll<byte[][]>(messages => IsSurvived(messages)).QuickCheckThrowOnFailure();

    [Fact]
    public void However_good_messages_are_spoilt_the_next_frame_is_heard()
    {
        string[] good =
        [
            Wire.Start,
            Wire.Media(1),
            """{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"0:3"}}""",
            """{"event":"dtmf","sequenceNumber":"5","streamSid":"MZ1","dtmf":{"track":"inbound_track","digit":"#"}}""",
        ];
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++)
        {
            var message = Wire.Utf8(good[random.Next(good.Length)]);
            Assert.True(IsSurvived([Spoil(message, random)]), $"Round {round}");
        }
    }

    [Fact]
    public async Task Marks_alone_do_not_keep_a_stream_alive()
    {
        var clock = new Rapida.Testing.ManualTimeProvider();
        using var socket = new ScriptedSocket(MarksForEver(() => clock.Advance(TimeSpan.FromMilliseconds(200))).GetEnumerator());
        var stream = new Rapida.MediaRelay.Twilio.TwilioStream(socket, new Rapida.MediaRelay.Settings.RelayOptions(), clock);
        await stream.StartAsync(CancellationToken.None);

        await Assert.ThrowsAsync<WebSocketException>(() => stream.ListenAsync(_wire));

        Assert.Equal(14, _wire.Marks.Count);
    }

    private static IEnumerable<Piece> MarksForEver(Action next)
    {
        yield return Wire.Piece(Wire.Start);
        while (true)
        {
            next();
            yield return Wire.Piece("""{"event":"mark","streamSid":"MZ1","mark":{"name":"0:1"}}""");
        }
    }

    private static bool IsSurvived(IEnumerable<byte[]> messages)
    {
        var wire = new Wire();
        // A marker that no spoilt message holds.
        var pieces = messages.Where(message => message.Length > 0).Select(message => new Piece(message)).Append(Wire.Piece(Wire.Media(99)));
        wire.HearAsync(pieces).GetAwaiter().GetResult();
        return wire.Audio.TakeLast(160).SequenceEqual(Wire.Frame(99));
    }

    private static IEnumerable<Piece> Cut(ReadOnlyMemory<byte> message, IEnumerable<int> lengths)
    {
        foreach (var length in lengths)
        {
            if (length >= message.Length)
                break;
            yield return new Piece(message[..length], EndsMessage: false);
            message = message[length..];
        }

        yield return new Piece(message);
    }

    private static byte[] Spoil(byte[] message, Random random)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(message.Length);
            message = random.Next(4) switch
            {
                0 => message[..Math.Max(1, at)],
                1 => [.. message[..at], .. message[at..], .. message[at..]],
                2 => [.. message[..at], (byte)random.Next(256), .. message[at..]],
                _ => [.. message[..at], (byte)random.Next(256), .. message[(at + 1)..]],
            };
        }

        return message;
    }
}
