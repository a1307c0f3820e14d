using System.Text;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Twilio;

namespace Rapida.MediaRelay.Tests.Twilio;

public sealed class TwilioWriterTests
{
    private readonly TwilioWriter _writer = new("MZ00", 800);

    [Fact]
    public void Messages_hold_what_Twilio_takes_and_nothing_else()
    {
        Assert.Equal("""{"event":"media","streamSid":"MZ00","media":{"payload":"fn5/fv8="}}""", Text(_writer.Media([0x7E, 0x7E, 0x7F, 0x7E, 0xFF])));
        Assert.Equal("""{"event":"mark","streamSid":"MZ00","mark":{"name":"3:17"}}""", Text(_writer.Mark(new Mark(3, 17))));
        Assert.Equal("""{"event":"clear","streamSid":"MZ00"}""", Text(_writer.Clear()));
    }

    [Fact]
    public void A_stream_sid_cannot_break_out_of_its_string() =>
        Assert.DoesNotContain("\"}x", Text(new TwilioWriter("\"}x", 800).Clear()), StringComparison.Ordinal);

    private static string Text(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span);
}
