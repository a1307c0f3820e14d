using Rapida.CallControl.Carriers.Twilio;

namespace CallControl.Tests;

/// <summary>Each fault that operators make once, and what they are told of it.</summary>
public sealed class SignatureDiagnosisTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Ours = "https://voice.example.com/v1/talk/twilio/call/123456789?x-api-key=rpd-a%20b";

    private static readonly KeyValuePair<string, string>[] Form =
        [new("CallSid", "CA1"), new("From", "+14155550100"), new("Body", "a b"), new("ForwardedFrom", "")];

    [Fact]
    public void A_signature_that_holds() => Assert.Equal("valid", Examine(Ours).Cause);

    [Theory]
    [InlineData("scheme", "http://voice.example.com/v1/talk/twilio/call/123456789?x-api-key=rpd-a%20b")]
    [InlineData("path", "https://voice.example.com/v1/talk/twilio/call/123456789/?x-api-key=rpd-a%20b")]
    [InlineData("path", "https://voice.example.com/talk/twilio/call/123456789?x-api-key=rpd-a%20b")]
    [InlineData("path", "https://voice.example.com/v1/talk/twilio/call/123456789?x-api-key=rpd-a b")]
    [InlineData("path", "https://voice.example.com/v1/talk/twilio/call/123456789")]
    public void What_a_proxy_changed_is_named_with_the_URL_that_was_signed(string cause, string signedUrl)
    {
        var finding = Examine(signedUrl);

        Assert.Equal((cause, signedUrl), (finding.Cause, finding.SignedUrl));
    }

    [Theory]
    [InlineData("host", "https://tunnel.example.net/v1/talk/twilio/call/123456789?x-api-key=rpd-a%20b")]
    [InlineData("port", "https://voice.example.com:8443/v1/talk/twilio/call/123456789?x-api-key=rpd-a%20b")]
    [InlineData("path", "https://voice.example.com/prefix/v1/talk/twilio/call/123456789?x-api-key=rpd-a%20b")]
    public void What_Twilio_was_told_and_what_we_expect_are_compared(string cause, string told)
    {
        var finding = SignatureDiagnosis.Examine(new(new(Token)), Ours, told, Form, Sign(told, Form));

        // The port of https is not signed by everybody.
        Assert.Equal(cause == "port" ? "valid" : cause, SignatureDiagnosis.Examine(new(new(Token)), Ours, told, Form, Sign(told.Replace(":8443", ""), Form)).Cause);
        Assert.Equal((cause, told), (finding.Cause, finding.SignedUrl));
        Assert.EndsWith(".", finding.Detail);
    }

    [Fact]
    public void An_upgrade_that_was_signed_with_a_slash_at_the_end_holds_and_another_host_is_told_by_its_own_setting()
    {
        const string url = "wss://media.example.com/v1/talk/twilio/ctx/abc";
        const string told = "wss://media.example.net/v1/talk/twilio/ctx/abc";

        Assert.Equal("valid", SignatureDiagnosis.Examine(new(new(Token)), url, url, [], Sign(url + "/", [])).Cause);
        var finding = SignatureDiagnosis.Examine(new(new(Token)), url, told, [], Sign(told, []));
        Assert.Equal("host", finding.Cause);
        Assert.Contains("Media:PublicUrl is wss://media.example.com", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GET_that_is_checked_as_a_POST() => Assert.Equal("fields", Examine(Ours, []).Cause);

    [Fact]
    public void An_empty_field_that_was_thrown_away_on_our_side() =>
        Assert.Equal("fields", SignatureDiagnosis.Examine(new(new(Token)), Ours, Ours, [.. Form, new("More", "")], Sign(Ours, Form[..3])).Cause);

    [Fact]
    public void Another_account_s_token() =>
        Assert.Equal("token", SignatureDiagnosis.Examine(new(new("another")), Ours, Ours, Form, Sign(Ours, Form)).Cause);

    [Fact]
    public void A_signature_that_was_not_sent_or_was_cut()
    {
        Assert.Equal("signature_missing", SignatureDiagnosis.Examine(new(new(Token)), Ours, Ours, Form, null).Cause);
        Assert.Equal("signature_malformed", SignatureDiagnosis.Examine(new(new(Token)), Ours, Ours, Form, Sign(Ours, Form)[1..]).Cause);
    }

    [Fact]
    public void No_finding_tells_the_token()
    {
        foreach (var token in (string[])[Token, "f00d"])
            Assert.DoesNotContain(token, SignatureDiagnosis.Examine(new(new(token)), Ours, Ours, Form, Sign(Ours, Form)).ToString());
    }

    private static SignatureFinding Examine(string signedUrl, KeyValuePair<string, string>[]? form = null) =>
        SignatureDiagnosis.Examine(new(new(Token)), Ours, Ours, Form, Sign(signedUrl, form ?? Form));

    private static string Sign(string url, IEnumerable<KeyValuePair<string, string>> form) =>
        TwilioSays.Signature(Token, url, form.Select(field => (field.Key, field.Value)));
}
