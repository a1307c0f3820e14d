using System.Text;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;
using Xunit;

namespace StandIns.Tests.Twilio;

public sealed class CallTests : IAsyncLifetime
{
    private const string Queued = """
        {"sid":"CA00112233445566778899aabbccddeeff","account_sid":"AC0123456789abcdef0123456789abcdef","parent_call_sid":null,
         "to":"+15551230000","from":"+13125550123","status":"queued","direction":"outbound-api","start_time":null,"end_time":null,
         "duration":null,"price":null,"price_unit":"USD","answered_by":null,"queue_time":"0",
         "date_created":"Tue, 31 Aug 2010 20:36:28 +0000","subresource_uris":{"recordings":"/2010-04-01/Accounts/AC/Calls/CA/Recordings.json"}}
        """;

    private FakeTwilio _twilio = null!;

    public async Task InitializeAsync() => _twilio = await FakeTwilio.StartAsync();

    public async Task DisposeAsync() => await _twilio.DisposeAsync();

    [Fact]
    public async Task A_call_is_placed_by_a_form_with_the_official_names_in_the_official_order()
    {
        _twilio.Answers(201, Queued);

        await CallResource.CreateAsync(
            new CreateCallOptions(new PhoneNumber("+15551230000"), new PhoneNumber("+13125550123"))
            {
                Url = new Uri("https://voice.example.com/v1/next?x=1#rc=3&rp=ct,rt,5xx&rt=4000"),
                StatusCallback = new Uri("https://voice.example.com/event"),
                StatusCallbackEvent = ["initiated", "ringing", "answered"],
                StatusCallbackMethod = global::Twilio.Http.HttpMethod.Post,
                Timeout = 30,
                Record = true,
                MachineDetection = "Enable",
                AsyncAmd = "true",
            },
            _twilio.Client());

        var request = _twilio.TakeRequest();
        Assert.Equal("POST", request.Method);
        Assert.Equal("/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Calls.json", request.Target);
        Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
        Assert.Equal(
            "To=%2B15551230000&From=%2B13125550123&StatusCallback=https%3A%2F%2Fvoice.example.com%2Fevent" +
            "&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing&StatusCallbackEvent=answered&StatusCallbackMethod=POST" +
            "&Timeout=30&Record=true&MachineDetection=Enable&AsyncAmd=true" +
            "&Url=https%3A%2F%2Fvoice.example.com%2Fv1%2Fnext%3Fx%3D1%23rc%3D3%26rp%3Dct%2Crt%2C5xx%26rt%3D4000",
            request.Body);
    }

    [Fact]
    public async Task The_answer_is_read_into_the_resource()
    {
        _twilio.Answers(201, Queued);

        var call = await CallResource.CreateAsync(
            to: new PhoneNumber("+15551230000"), from: new PhoneNumber("+13125550123"), twiml: "<Response/>", client: _twilio.Client());

        Assert.Equal("CA00112233445566778899aabbccddeeff", call.Sid);
        Assert.True(call.Status == CallResource.StatusEnum.Queued);
        Assert.Equal(("+15551230000", "+13125550123", "0"), (call.To, call.From, call.QueueTime));
        Assert.Null(call.Duration);
        Assert.Null(call.StartTime);
        Assert.Equal(new DateTime(2010, 8, 31, 20, 36, 28, DateTimeKind.Utc), call.DateCreated!.Value.ToUniversalTime());
        Assert.EndsWith("&Twiml=%3CResponse%2F%3E", _twilio.TakeRequest().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeTwilio.AccountSid, "token", null)]
    [InlineData("SK0123456789abcdef0123456789abcdef", "sécret", FakeTwilio.AccountSid)]
    public async Task A_credential_signs_in_as_Basic_and_the_path_holds_the_account(string username, string password, string? accountSid)
    {
        _twilio.Answers(200, Queued);

        await CallResource.FetchAsync("CA1", client: _twilio.Client(username, password, accountSid));

        var request = _twilio.TakeRequest();
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))}", request.Authorization);
        Assert.Equal($"/2010-04-01/Accounts/{FakeTwilio.AccountSid}/Calls/CA1.json", request.Target);
        Assert.StartsWith("twilio-csharp/7.14.9 ", request.UserAgent, StringComparison.Ordinal);
        Assert.Equal(("GET", ""), (request.Method, request.Body));
    }

    [Fact]
    public async Task A_call_of_another_account_is_asked_for_in_its_own_path()
    {
        _twilio.Answers(200, Queued);

        await CallResource.FetchAsync("CA1", pathAccountSid: "AC9", client: _twilio.Client());

        Assert.Equal("/2010-04-01/Accounts/AC9/Calls/CA1.json", _twilio.TakeRequest().Target);
    }

    [Fact]
    public async Task A_call_is_ended_by_its_status()
    {
        _twilio.Answers(200, Queued.Replace("queued", "completed", StringComparison.Ordinal));

        var call = await CallResource.UpdateAsync("CA1", status: CallResource.UpdateStatusEnum.Completed, client: _twilio.Client());

        var request = _twilio.TakeRequest();
        Assert.Equal(("POST", "Status=completed"), (request.Method, request.Body));
        Assert.True(call.Status == CallResource.StatusEnum.Completed);
    }

    [Fact]
    public async Task Bounds_of_a_time_are_part_of_the_key()
    {
        _twilio.Answers(200, """{"calls":[],"page_size":50,"uri":"/x","next_page_uri":null}""");

        var calls = await CallResource.ReadAsync(
            to: "+15551230000", status: CallResource.StatusEnum.InProgress,
            startTimeAfter: new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), pageSize: 20, client: _twilio.Client());

        Assert.Empty(calls);
        var target = _twilio.TakeRequest().Target;
        Assert.StartsWith("/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Calls.json?To=%2B15551230000&Status=in-progress" +
            "&StartTime%3E=2026-01-02T03%3A04%3A05Z", target, StringComparison.Ordinal);
        Assert.EndsWith("&PageSize=20", target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_blocking_methods_say_the_same()
    {
        _twilio.Answers(201, Queued);
        _twilio.Answers(200, Queued);

        var client = _twilio.Client();
        var placed = await Task.Run(() => CallResource.Create(
            new CreateCallOptions(new PhoneNumber("+15551230000"), new PhoneNumber("+13125550123")) { ApplicationSid = "AP1" }, client));
        var fetched = await Task.Run(() => CallResource.Fetch(placed.Sid, client: client));

        Assert.Equal(placed.Sid, fetched.Sid);
        Assert.Equal("To=%2B15551230000&From=%2B13125550123&ApplicationSid=AP1", _twilio.TakeRequest().Body);
    }
}
