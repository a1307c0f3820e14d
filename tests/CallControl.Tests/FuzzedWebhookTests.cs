using Microsoft.EntityFrameworkCore;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing.Fuzz;

namespace CallControl.Tests;

[CollectionDefinition(nameof(FuzzedWebhookTests), DisableParallelization = true)]
public sealed class FuzzedWebhooks;

/// <summary>Whatever is sent to Twilio's addresses, signed or not: an answer, no failure, no growth, and calls are answered as before.</summary>
[Collection(nameof(FuzzedWebhookTests))]
public sealed class FuzzedWebhookTests : IAsyncLifetime
{
    private const int PercentOfAll = 6;
    private const int Workers = 8;
    private const int MaxBodyBytes = 64 * 1024;

    // A call that has ended takes no further word: there must be some that have not.
    private const int MessagesPerCall = 400;

    private readonly CallsUnderTest _calls = new()
    {
        IsQuiet = true,
        Settings =
        {
            // A fast machine opens more calls than a tenant may.
            ["Calls:Capacity:Default:ConcurrentCalls"] = "100000",
            ["Calls:Capacity:Default:CallsPerSecond"] = "10000",
            ["Calls:Capacity:Default:Burst"] = "10000",
        },
    };

    private readonly FuzzRun _run = new("webhooks", PercentOfAll);
    private Tenant _tenant = null!;

    public async Task InitializeAsync()
    {
        await _calls.InitializeAsync();
        _tenant = _calls.NewTenant();
        await _calls.NewCaller(_tenant).RingAsync();
    }

    public Task DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task No_webhook_brings_the_service_down_or_makes_it_grow()
    {
        await _run.SendAsync(Workers, SendAsync);

        _run.AssertNoFaults();
        _run.AssertMemoryIsFlat();
        Assert.NotEqual(0, _run.CountOf("204"));
        await AssertFewRowsAsync();
        await CallIsHeldAsync();
    }

    private async Task SendAsync(Random random, Func<bool> takesAnother)
    {
        using var connection = new RawConnection(_calls.Service.HttpPort);
        var fuzz = new RequestFuzz(random, MaxBodyBytes);
        for (var sent = 0; takesAnother();)
        {
            var caller = _calls.NewCaller(_tenant);
            var document = await caller.RingAsync();
            var attempt = (await caller.ClaimAsync(document)).Attempt;
            if (random.OneIn(2))
                await caller.LeaveAsync(document, attempt, LeaveIntent.Transfer, Tenant.Desk);
            do
            {
                var request = Next(random, fuzz, caller, document);
                if (random.OneIn(20))
                    await AbandonAsync(request);
                else
                    Judge(request, await connection.SendAsync(request));
            }
            while (++sent % MessagesPerCall != 0 && takesAnother());
        }
    }

    /// <summary>Whoever sent it is gone before there is an answer.</summary>
    private async Task AbandonAsync(FuzzedRequest request)
    {
        using var gone = new RawConnection(_calls.Service.HttpPort);
        await gone.SendOnlyAsync(request);
        _run.Note(request.Kind, "abandoned");
    }

    private FuzzedRequest Next(Random random, RequestFuzz fuzz, Caller caller, Document document)
    {
        (string Name, string Value)[] about = [("CallSid", caller.CallSid), ("AccountSid", _tenant.AccountSid), ("CallStatus", random.Pick(FuzzedText.Words))];
        var (target, given) = random.Next(6) switch
        {
            0 => (TargetOf(caller.WebhookUrl), caller.Incoming),
            1 => (TargetOf(document.Action), about),
            2 => (TargetOf(document.StatusCallback), about),
            3 => ($"/v1/talk/twilio/event/{_tenant.AssistantId}", about),
            4 => (random.Pick(Strange(random)), about),
            _ => (random.Pick(["/v1/diagnostics/signature", "/v1/diagnostics", "/v1/calls?page_token=x", "/health"]), about),
        };
        if (random.OneIn(3) || !target.StartsWith("/v1/talk", StringComparison.Ordinal))
            return fuzz.Next(target);

        var fields = fuzz.Fields(given);
        if (random.OneIn(4))
            return Get(target, fields);
        return random.Next(4) switch
        {
            0 => fuzz.Post("signed badly", target, fields, random.Pick(["", "bm8=", new string('A', 28), TwilioSays.Signature("guessed", Url(target), fields)])),
            1 => Diagnose(random),
            _ => fuzz.Post("signed", target, fields, TwilioSays.Signature(_tenant.AuthToken, Url(target), fields)),
        };
    }

    private FuzzedRequest Get(string target, List<(string Name, string Value)> fields)
    {
        var whole = target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + RequestFuzz.Encode(fields);
        // Kestrel takes a line of 8 KB.
        return FuzzedRequest.Of(
            "signed GET", "GET", whole, [$"X-Twilio-Signature: {TwilioSays.Signature(_tenant.AuthToken, Url(whole), [])}"], [], whole.Length < 8_000);
    }

    private FuzzedRequest Diagnose(Random random) => FuzzedRequest.Of(
        "diagnosis", "POST", "/v1/diagnostics/signature", ["Content-Type: application/json", $"x-api-key: {_tenant.ReadKey}"], FuzzedJson.Spoil(
            random, $$$"""{"credential_id":"{{{_tenant.CredentialId}}}","url":"{{{random.Pick(["https://a", "https://a?b", "wss://a", "https://a/b?c=%ZZ", "x:", "https://[::1]:1/a"])}}}","signature":"{{{new string('A', 28)}}}","params":{"a":"b"}}"""));

    private string[] Strange(Random random) =>
    [
        $"/v1/talk/twilio/ctx/{ContextId.New(new byte[32])}/next", $"/v1/talk/twilio/ctx/{new string('A', 32)}/event", $"/v1/talk/twilio/ctx/{new string('a', 3_000)}/next",
        $"/v1/talk/twilio/ctx/{Uri.EscapeDataString(FuzzedText.Noise(random, 32))}/event", "/v1/talk/twilio/event/1", "/v1/talk/twilio/call/%20",
        $"/v1/talk/twilio/call/{_tenant.AssistantId}?x-api-key={random.Next(2_000)}", $"/v1/talk/twilio/call/{_tenant.AssistantId}?x-api-key={_tenant.ReadKey}",
    ];

    private void Judge(FuzzedRequest request, RawAnswer? answer)
    {
        _run.Note(request.Kind, answer?.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "closed");
        if (answer is null && request.MustBeAnswered)
            _run.Fault(request.Kind, "no answer", request.Bytes);
        else if (answer is { Status: >= 500 and not 505 }) // 505: it was another version of HTTP, and no fault of ours.
            _run.Fault(request.Kind, $"{answer.Status} {answer.Body}", request.Bytes);
        else if (answer is { Status: 200 } && answer.Head.Contains("/xml", StringComparison.Ordinal) && !request.IsHead)
            _ = System.Xml.Linq.XDocument.Parse(answer.Body);
    }

    /// <summary>A row for each reason: the clock has stood still, and a flood is one row a minute.</summary>
    private async Task AssertFewRowsAsync()
    {
        var rows = await _calls.DiagnosticsOfThisMinuteAsync();
        Assert.InRange(rows.Count, 1, 40);
        // Who closed at once was refused too, and did not hear it.
        Assert.InRange(rows.Sum(row => row.Count), _run.CountOf("403"), _run.CountOf("403") + _run.CountOf("closed") + _run.CountOf("abandoned"));

        await using var db = _calls.NewDbContext();
        Assert.InRange(await db.Events.CountAsync(), 1, _run.CountOf("204") + _run.CountOf("abandoned"));
    }

    private async Task CallIsHeldAsync()
    {
        var caller = _calls.NewCaller();
        var document = await caller.RingAsync();
        Assert.Equal(["Connect", "Redirect"], document.Verbs);
        await caller.ClaimAsync(document);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await caller.StatusAsync(document, "completed", ("CallDuration", "7"))).Status);
        Assert.Equal(7, (await _calls.CallAsync(caller.CallSid))!.DurationSeconds);
    }

    private static string TargetOf(string url) => url.Split('#')[0][CallsUnderTest.PublicUrl.Length..];

    private static string Url(string target) => CallsUnderTest.PublicUrl + target;
}
