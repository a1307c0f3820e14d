using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Xunit;

namespace StandIns.Tests.Twilio;

public sealed class RefusalTests : IAsyncLifetime
{
    private FakeTwilio _twilio = null!;

    public async Task InitializeAsync() => _twilio = await FakeTwilio.StartAsync();

    public async Task DisposeAsync() => await _twilio.DisposeAsync();

    [Fact]
    public async Task A_refusal_carries_Twilios_code_status_and_details()
    {
        _twilio.Answers(400, """
            {"code":21211,"message":"The 'To' number +1555 is not a valid phone number.",
             "more_info":"https://www.twilio.com/docs/errors/21211","status":400,"details":{"field":"To"}}
            """);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => CallResource.FetchAsync("CA1", client: _twilio.Client()));

        Assert.Equal((21211, 400), (refusal.Code, refusal.Status));
        Assert.Equal("The 'To' number +1555 is not a valid phone number.", refusal.Message);
        Assert.Equal("https://www.twilio.com/docs/errors/21211", refusal.MoreInfo);
        Assert.Equal("To", refusal.Details["field"].ToString());
    }

    [Fact]
    public async Task A_gateways_error_page_is_a_refusal_without_a_code()
    {
        _twilio.Answers(502, "<html>Bad Gateway</html>", "text/html");

        var refusal = await Assert.ThrowsAsync<ApiException>(() => CallResource.FetchAsync("CA1", client: _twilio.Client()));

        Assert.Equal((0, 0), (refusal.Code, refusal.Status));
        Assert.Equal("Api Error: BadGateway - <html>Bad Gateway</html>", refusal.Message);
    }

    [Fact]
    public async Task An_empty_refusal_has_no_code_either()
    {
        _twilio.Answers(503, "");

        var refusal = await Assert.ThrowsAsync<ApiException>(() => CallResource.FetchAsync("CA1", client: _twilio.Client()));

        Assert.Equal((0, 0), (refusal.Code, refusal.Status));
    }

    [Fact]
    public async Task A_connection_that_fails_is_told_apart_from_a_refusal()
    {
        var client = new TwilioRestClient(FakeTwilio.AccountSid, "token", httpClient: new SystemNetHttpClient(
            new System.Net.Http.HttpClient(new Unreachable())));

        var failure = await Assert.ThrowsAsync<ApiConnectionException>(() => CallResource.FetchAsync("CA1", client: client));

        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Theory]
    [InlineData(null, null, "https://api.twilio.com/2010-04-01/Accounts.json")]
    [InlineData("ie1", null, "https://api.ie1.twilio.com/2010-04-01/Accounts.json")]
    [InlineData("ie1", "dublin", "https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json")]
    [InlineData(null, "ashburn", "https://api.ashburn.us1.twilio.com/2010-04-01/Accounts.json")]
    public void Edge_and_region_become_part_of_the_host(string? region, string? edge, string url)
    {
        var request = new Request(global::Twilio.Http.HttpMethod.Get, global::Twilio.Rest.Domain.Api, "/2010-04-01/Accounts.json", region, edge: edge);

        Assert.Equal(url, request.ConstructUrl().AbsoluteUri);
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Connection refused");
    }
}
