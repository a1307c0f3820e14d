using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Outbound;
using Rapida.ServiceDefaults.Privacy;

namespace CallControl.Tests;

/// <summary>What CallControl asks of Twilio is what Twilio's own OpenAPI file has.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class TwilioContractTests(CallsUnderTest calls, TwilioContract contract) : IClassFixture<TwilioContract>
{
    [Fact]
    public async Task All_that_is_asked_of_Twilio_its_OpenAPI_file_has()
    {
        var tenant = calls.NewTenant();
        tenant.ApiKey = ("SK00112233445566778899aabbccddeeff", "key0secret");
        var services = calls.Service.Services;
        var (accounts, urls, options) = (
            services.GetRequiredService<TwilioAccounts>(), services.GetRequiredService<PublicUrls>(),
            Options.Create(new TwilioOptions { ApiBaseUrl = contract.Address }));
        var http = new TwilioHttp(contract.Http, options);
        var once = new OnceHttp(contract.Http, options);
        var dial = new DialTwilio(accounts, once, http, urls, services.GetRequiredService<IOptions<OutboundOptions>>(), calls.Clock);
        var (book, call) = (new TwilioBook(accounts, http, once), CallOf(tenant));

        var twiml = services.GetRequiredService<Twiml>().Connect("ctx", "ticket");
        Assert.IsType<DialAnswer.Placed>(await dial.PlaceAsync(call, DialOf(call, MachineDetection.Off), twiml));
        Assert.IsType<DialAnswer.Placed>(await dial.PlaceAsync(call, DialOf(call, MachineDetection.HangUp), twiml));
        await dial.FindAsync(call, calls.Clock.GetUtcNow(), CancellationToken.None);
        Assert.NotNull((await book.ReadAsync(call, CancellationToken.None)).Status);
        Assert.NotNull((await book.EndAsync(call, CancellationToken.None)).Status);

        Assert.Null(await new VerifyCredential(accounts, http, calls.Clock).ExecuteAsync(tenant.ProjectId, tenant.CredentialId, CancellationToken.None));
        await new TwilioNumbers(accounts, () => http, calls.Clock, NullLogger<TwilioNumbers>.Instance)
            .OwnsAsync(tenant.ProjectId, tenant.CredentialId, tenant.Number, CancellationToken.None);

        var numbers = new TwilioNumberBook(http, calls.Clock, NullLogger<TwilioNumberBook>.Instance);
        var account = (await accounts.FindAccountAsync(tenant.ProjectId, tenant.CredentialId, "test", CancellationToken.None))!;
        var number = Assert.Single((await numbers.ListAsync(account, CancellationToken.None)).ValueOrThrow());
        Assert.True(PhoneNumber.TryParse(number.Number, out var e164));
        await numbers.FindAsync(account, e164, CancellationToken.None);
        var target = new NumberTarget(urls.Voice(tenant.AssistantId, new(tenant.WebhookKey)), urls.NumberEvent(tenant.AssistantId));
        (await numbers.PointAsync(account, number.Sid, target, CancellationToken.None)).ValueOrThrow();

        Assert.Empty(contract.TakeComplaints());
        Assert.Empty(contract.Unasked);
    }

    [Theory]
    [InlineData("Calls.json", "To=%2B14155550100&From=%2B14155550101&Twiml=x&Timout=30", "Timout")]
    [InlineData("Calls.json", "From=%2B14155550101&Twiml=x", "'To'")]
    [InlineData("Calls.json", "To=%2B14155550100&From=%2B14155550101&Twiml=x&StatusCallback=here", "StatusCallback")]
    [InlineData("Calls/CA1.json", "Status=completed", "Sid")]
    [InlineData("IncomingPhoneNumbers.json?PageSize=1001", null, "1000")]
    [InlineData("IncomingPhoneNumbers.json?Limit=1", null, "Limit")]
    [InlineData("Numbers.json", null, "is not there")]
    public async Task What_Twilio_does_not_take_or_ignores_is_complained_of(string path, string? form, string about)
    {
        using var request = new HttpRequestMessage(
            form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(contract.Address, $"/2010-04-01/Accounts/AC00112233445566778899aabbccddeeff/{path}"))
        {
            Content = form is null ? null : new StringContent(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")),
            Headers = { Authorization = new("Basic", "QUM6eA==") },
        };

        using var answer = await contract.Http.SendAsync(request);

        Assert.Contains(contract.TakeComplaints(), complaint => complaint.Contains(about, StringComparison.OrdinalIgnoreCase));
    }

    private static Call CallOf(Tenant tenant) => new()
    {
        Id = Guid.NewGuid(),
        ProjectId = tenant.ProjectId,
        CredentialId = tenant.CredentialId,
        AssistantId = tenant.AssistantId,
        Direction = Directions.Outbound,
        CallSid = $"CA{Guid.NewGuid():N}",
        AccountSid = tenant.AccountSid,
        FromAddress = tenant.Number,
        ToAddress = "+13125550142",
    };

    private static Dial DialOf(Call call, MachineDetection machineDetection) =>
        new() { CallId = call.Id, ContextId = "ctx", TimeLimitSeconds = 360, MachineDetection = machineDetection };
}
