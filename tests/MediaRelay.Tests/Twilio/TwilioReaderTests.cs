using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Twilio;

namespace Rapida.MediaRelay.Tests.Twilio;

public sealed class TwilioReaderTests
{
    private const string Media =
        """{"event":"media","sequenceNumber":"2","media":{"track":"inbound","chunk":"1","timestamp":"155","payload":"fn5/fv8="},"streamSid":"MZ00"}""";

    [Fact]
    public void Media_is_read()
    {
        var message = TwilioReader.Read(Utf8(Media));

        Assert.Equal((TwilioEvent.Media, 155, "fn5/fv8="), (message.Event, message.TimestampMs, Encoding.UTF8.GetString(message.Payload)));
    }

    [Fact]
    public void Keys_may_come_in_any_order()
    {
        var message = TwilioReader.Read(Utf8("""{"streamSid":"MZ00","media":{"payload":"fn5/","extra":{"a":[1]},"timestamp":"20"},"new":[{}],"event":"media"}"""));

        Assert.Equal((TwilioEvent.Media, 20, "fn5/"), (message.Event, message.TimestampMs, Encoding.UTF8.GetString(message.Payload)));
    }

    [Fact]
    public void An_escaped_payload_is_read_the_slow_way()
    {
        var message = TwilioReader.Read(Utf8(Media.Replace("/", "\\/", StringComparison.Ordinal)));

        Assert.Equal("fn5/fv8=", Encoding.UTF8.GetString(message.Payload));
    }

    [Fact]
    public void Start_says_who_calls()
    {
        var message = TwilioReader.Read(Utf8(
            """{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"ticket":"t\"1","tenant":"7"}},"streamSid":"MZ1"}"""));

        Assert.Equal(TwilioEvent.Start, message.Event);
        Assert.Equal(("AC1", "MZ1", "CA1"), (message.Start!.AccountSid, message.Start.StreamSid, message.Start.CallSid));
        Assert.Equal("t\"1", message.Start.Parameters["ticket"]);
    }

    [Fact]
    public void Marks_keys_and_the_end_are_read()
    {
        Assert.Equal(new Mark(3, 17), TwilioReader.Read("""{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"3:17"}}"""u8).Mark);
        Assert.Equal(default, TwilioReader.Read("""{"event":"mark","mark":{"name":"not ours"}}"""u8).Mark);
        Assert.Equal('#', TwilioReader.Read("""{"event":"dtmf","dtmf":{"track":"inbound_track","digit":"#"}}"""u8).Digit);
        Assert.Equal(TwilioEvent.Stop, TwilioReader.Read("""{"event":"stop","stop":{"accountSid":"AC1","callSid":"CA1"}}"""u8).Event);
        Assert.Equal(TwilioEvent.Connected, TwilioReader.Read("""{"event":"connected","protocol":"Call","version":"1.0.0"}"""u8).Event);
        Assert.Equal(TwilioEvent.Unknown, TwilioReader.Read("""{"event":"weather","weather":{"rain":true}}"""u8).Event);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{\"event\":\"media\"")]
    [InlineData("{\"event\":\"media\"} {}")]
    [InlineData("not json")]
    public void What_is_no_object_is_malformed(string text) => Assert.Equal(TwilioEvent.Malformed, TwilioReader.Read(Utf8(text)).Event);

    [Theory]
    [InlineData("""{"event":{"a":1},"media":7}""")]
    [InlineData("""{"event":7,"mark":"x","dtmf":[],"start":null}""")]
    [InlineData("""{"media":{"payload":7,"timestamp":{}},"mark":{"name":[]}}""")]
    public void Values_of_the_wrong_kind_are_passed_over(string text) => Assert.Equal(TwilioEvent.Unknown, TwilioReader.Read(Utf8(text)).Event);

    [Fact]
    public void A_message_cut_at_any_byte_is_malformed_and_harms_nobody()
    {
        var whole = Utf8(Media);
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(TwilioEvent.Malformed, TwilioReader.Read(whole.AsSpan(0, length)).Event);
    }

    [Fact]
    public void Any_bytes_are_survived() =>
        Prop.ForAll<byte[]>(bytes => TwilioReader.Read(bytes).Event is TwilioEvent.Malformed or TwilioEvent.Unknown).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_mark_is_read_as_it_was_written() =>
        Prop.ForAll<int, int>((generation, number) =>
        {
            var mark = new Mark(generation, number);
            var json = new TwilioWriter("MZ1", 800).Mark(mark);
            var name = JsonDocument.Parse(json).RootElement.GetProperty("mark").GetProperty("name").GetString();
            return TwilioReader.Read(Utf8($$$"""{"event":"mark","mark":{"name":"{{{name}}}"}}""")).Mark == mark;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Media_is_read_and_written_without_allocation()
    {
        var json = Utf8(Media);
        var writer = new TwilioWriter("MZ1", 800);
        var audio = new byte[800];
        Exchange();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Exchange();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange()
        {
            Assert.True(TwilioReader.Read(json).Event is TwilioEvent.Media);
            Assert.True(writer.Media(audio).Length > 800);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void What_Twilio_usually_writes_is_read_as_it_is_read_key_by_key_however_it_is_changed()
    {
        const string Usual = """{"event":"media","sequenceNumber":"42","media":{"track":"inbound","chunk":"41","timestamp":"835","payload":"fn5/+A=="},"streamSid":"MZ0a1b"}""";
        var changes = Gen.Choose(0, Usual.Length - 1).Zip(Gen.Choose(0, 2)).Zip(Gen.Choose(0, 127)).NonEmptyListOf();
        Prop.ForAll(Gen.OneOf(changes.Resize(1), changes.Resize(3)).ToArbitrary(), list =>
        {
            var json = Encoding.UTF8.GetBytes(Usual).ToList();
            foreach (var ((at, kind), value) in list)
            {
                var place = Math.Min(at, json.Count - 1);
                if (kind == 0)
                    json[place] = (byte)value;
                else if (kind == 1)
                    json.Insert(place, (byte)value);
                else
                    json.RemoveAt(place);
            }

            // A space before it is none of Twilio's.
            byte[] direct = [.. json], spaced = [(byte)' ', .. json];
            return Summary(TwilioReader.Read(direct)) == Summary(TwilioReader.Read(spaced));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
        Assert.Equal("Media 42 835 fn5/+A== MZ0a1b", Summary(TwilioReader.Read(Encoding.UTF8.GetBytes(Usual))));
    }

    private static string Summary(in TwilioMessage message) =>
        $"{message.Event} {message.SequenceNumber} {message.TimestampMs} {Encoding.Latin1.GetString(message.Payload)} {Encoding.Latin1.GetString(message.StreamSid)}";
}
