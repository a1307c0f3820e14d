using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;
using Xunit;

namespace StandIns.Tests.Twilio;

public sealed class AccountTests : IAsyncLifetime
{
    private const string Numbers = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/IncomingPhoneNumbers";

    private FakeTwilio _twilio = null!;

    public async Task InitializeAsync() => _twilio = await FakeTwilio.StartAsync();

    public async Task DisposeAsync() => await _twilio.DisposeAsync();

    [Fact]
    public async Task An_account_is_read_with_its_status_and_type()
    {
        _twilio.Answers(200, """{"sid":"AC1","friendly_name":"Ann's","status":"suspended","type":"Trial","owner_account_sid":"AC2","auth_token":"secret"}""");

        var account = await AccountResource.FetchAsync(client: _twilio.Client());

        Assert.Equal("/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef.json", _twilio.TakeRequest().Target);
        Assert.Equal(("AC1", "Ann's", "AC2"), (account.Sid, account.FriendlyName, account.OwnerAccountSid));
        Assert.True(account.Status == AccountResource.StatusEnum.Suspended);
        Assert.Equal("Trial", account.Type.ToString());
    }

    [Fact]
    public async Task A_list_goes_on_to_its_next_page_when_the_enumeration_gets_there()
    {
        _twilio.Answers(200, Page($"{Numbers}.json?PageSize=2&Page=1&PageToken=PAPN2", "PN1", "PN2"));
        _twilio.Answers(200, Page(null, "PN3"));

        var numbers = await IncomingPhoneNumberResource.ReadAsync(phoneNumber: "+1555", pageSize: 2, client: _twilio.Client());
        Assert.Single(_twilio.Requests);
        var sids = await Task.Run(() => numbers.Select(number => number.Sid).ToList());

        Assert.Equal(["PN1", "PN2", "PN3"], sids);
        Assert.Equal([$"{Numbers}.json?PhoneNumber=%2B1555&PageSize=2", $"{Numbers}.json?PageSize=2&Page=1&PageToken=PAPN2"],
            _twilio.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task A_limit_is_the_size_of_the_page_too_and_ends_the_list()
    {
        _twilio.Answers(200, Page($"{Numbers}.json?PageSize=1&Page=1&PageToken=PAPN1", "PN1"));

        var numbers = await IncomingPhoneNumberResource.ReadAsync(limit: 1, client: _twilio.Client());

        Assert.Equal("PN1", Assert.Single(await Task.Run(numbers.ToList)).Sid);
        Assert.Equal($"{Numbers}.json?PageSize=1", Assert.Single(_twilio.Requests).Target);
    }

    [Fact]
    public async Task Without_automatic_paging_a_list_is_its_first_page()
    {
        _twilio.Answers(200, Page($"{Numbers}.json?PageSize=1&Page=1&PageToken=PAPN1", "PN1"));

        var numbers = await IncomingPhoneNumberResource.ReadAsync(client: _twilio.Client());
        numbers.AutoPaging = false;

        Assert.Single(numbers);
    }

    [Fact]
    public async Task A_number_is_pointed_at_our_webhooks_and_read_back()
    {
        _twilio.Answers(200, """
            {"sid":"PN1","phone_number":"+15551230000","friendly_name":"Desk","capabilities":{"voice":true,"sms":true,"mms":false,"fax":false},
             "voice_url":"https://voice.example.com/call","voice_method":"POST","voice_fallback_url":"","status_callback":null,"trunk_sid":null}
            """);

        var number = await IncomingPhoneNumberResource.UpdateAsync(
            "PN1", voiceUrl: new Uri("https://voice.example.com/call"), voiceMethod: global::Twilio.Http.HttpMethod.Post,
            voiceCallerIdLookup: false, client: _twilio.Client());

        var request = _twilio.TakeRequest();
        Assert.Equal($"{Numbers}/PN1.json", request.Target);
        Assert.Equal("VoiceCallerIdLookup=false&VoiceMethod=POST&VoiceUrl=https%3A%2F%2Fvoice.example.com%2Fcall", request.Body);
        Assert.Equal("+15551230000", number.PhoneNumber.ToString());
        Assert.True(number.Capabilities is { Voice: true, Sms: true, Mms: false });
        Assert.Equal(global::Twilio.Http.HttpMethod.Post, number.VoiceMethod);
        Assert.Equal("", number.VoiceFallbackUrl.OriginalString);
        Assert.Null(number.StatusCallback);
    }

    [Fact]
    public async Task A_message_repeats_its_media_and_reads_its_error_code()
    {
        _twilio.Answers(201, """
            {"sid":"SM1","account_sid":"AC1","status":"partially_delivered","direction":"outbound-api","num_media":"2","num_segments":"1",
             "error_code":63016,"error_message":"outside the window","body":"hi","from":"whatsapp:+14155238886","to":"whatsapp:+15551234567"}
            """);

        var message = await MessageResource.CreateAsync(
            to: "whatsapp:+15551234567", from: "whatsapp:+14155238886", body: "hi",
            mediaUrl: [new Uri("https://media.example.com/a.jpg"), new Uri("https://media.example.com/b.jpg")], client: _twilio.Client());

        Assert.Equal(
            "To=whatsapp%3A%2B15551234567&From=whatsapp%3A%2B14155238886&Body=hi" +
            "&MediaUrl=https%3A%2F%2Fmedia.example.com%2Fa.jpg&MediaUrl=https%3A%2F%2Fmedia.example.com%2Fb.jpg",
            _twilio.TakeRequest().Body);
        Assert.True(message.Status == MessageResource.StatusEnum.PartiallyDelivered);
        Assert.True(message.Direction == MessageResource.DirectionEnum.OutboundApi);
        Assert.Equal(63016, message.ErrorCode);
        Assert.Equal("whatsapp:+14155238886", message.From.ToString());
    }

    private static string Page(string? next, params string[] sids) => $$"""
        {"incoming_phone_numbers":[{{string.Join(',', sids.Select(sid => $$"""{"sid":"{{sid}}","phone_number":"+15551230000"}"""))}}],
         "page":0,"page_size":{{sids.Length}},"uri":"{{Numbers}}.json","next_page_uri":{{(next is null ? "null" : $"\"{next}\"")}}}
        """;
}
