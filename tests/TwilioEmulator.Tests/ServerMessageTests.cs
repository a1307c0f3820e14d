using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Rapida.TwilioEmulator.Streams;

namespace Rapida.TwilioEmulator.Tests;

public sealed class ServerMessageTests
{
    private const string Sid = "MZ00112233445566778899aabbccddeeff";
    private static readonly string[] Kinds = ["media", "mark", "clear"];

    [Fact]
    public void Media_mark_and_clear_are_taken()
    {
        Assert.Equal([1, 2, 3], Assert.IsType<ServerMessage.Media>(Parse($$$"""{"event":"media","streamSid":"{{{Sid}}}","media":{"payload":"AQID"}}""")).Audio);
        Assert.Equal("a", Assert.IsType<ServerMessage.Mark>(Parse($$$"""{"event":"mark","mark":{"name":"a"},"streamSid":"{{{Sid}}}"}""")).Name);
        Assert.IsType<ServerMessage.Clear>(Parse($$"""{"event":"clear","streamSid":"{{Sid}}"}"""));
    }

    [Theory]
    [InlineData("""{"event":"media","streamSid":"SID","sequenceNumber":"1","media":{"payload":"AQID"}}""")]
    [InlineData("""{"event":"media","streamSid":"SID","media":{"payload":"AQID","track":"outbound"}}""")]
    [InlineData("""{"event":"media","streamSid":"SID","media":{"payload":"not base64"}}""")]
    [InlineData("""{"event":"media","streamSid":"SID","media":{"payload":1}}""")]
    [InlineData("""{"event":"media","streamSid":"SID"}""")]
    [InlineData("""{"event":"media","streamSid":"SID","media":"AQID"}""")]
    [InlineData("""{"event":"mark","streamSid":"SID","mark":{"name":1}}""")]
    [InlineData("""{"event":"mark","streamSid":"SID","mark":{}}""")]
    [InlineData("""{"event":"clear","streamSid":"SID","clear":{}}""")]
    [InlineData("""{"event":"clear","streamSid":"MZ"}""")]
    [InlineData("""{"event":"clear"}""")]
    [InlineData("""{"event":"stop","streamSid":"SID"}""")]
    [InlineData("""["event"]""")]
    [InlineData("clear")]
    [InlineData("")]
    public void Anything_else_is_invalid(string text) => Assert.IsType<ServerMessage.Invalid>(Parse(text.Replace("SID", Sid, StringComparison.Ordinal)));

    [Fact]
    public void No_message_survives_an_extra_field_or_a_missing_one() => Prop.ForAll(
        Gen.Choose(0, 2).ToArbitrary(), Gen.Choose(0, 1).ToArbitrary(), ArbMap.Default.ArbFor<NonNull<string>>(), (kind, where, name) =>
        {
            var message = new JsonObject { ["event"] = Kinds[kind], ["streamSid"] = Sid };
            if (kind < 2)
                message[Kinds[kind]] = kind == 0 ? new JsonObject { ["payload"] = "AQID" } : new JsonObject { ["name"] = "a" };
            var known = Parse(message.ToJsonString()) is not ServerMessage.Invalid;

            var target = where == 1 && kind < 2 ? message[Kinds[kind]]!.AsObject() : message;
            if (!target.Remove(name.Get))
                target[name.Get] = "extra";
            return known && Parse(message.ToJsonString()) is ServerMessage.Invalid;
        }).QuickCheckThrowOnFailure();

    private static ServerMessage Parse(string text) => ServerMessage.Parse(Encoding.UTF8.GetBytes(text), Sid);
}
