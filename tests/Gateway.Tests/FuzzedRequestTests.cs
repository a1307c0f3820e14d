using System.Globalization;
using Rapida.Testing.Fuzz;

namespace Rapida.Gateway.Tests;

[CollectionDefinition(nameof(FuzzedRequestTests), DisableParallelization = true)]
public sealed class FuzzedRequests;

/// <summary>Whatever comes to the public door: it is passed on or refused, no failure, no growth, and the next request passes.</summary>
[Collection(nameof(FuzzedRequestTests))]
public sealed class FuzzedRequestTests
{
    private const int PercentOfAll = 14;
    private const int Workers = 8;
    private const int MaxBodyBytes = 256 * 1024;

    private static readonly string[] Targets =
    [
        "/v1/talk/twilio/call/123456789012345?x-api-key=k", "/v1/talk/twilio/ctx/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/next", "/v1/talk/twilio/event/123456789012345",
        "/v1/calls", "/v1/credentials/1/rotate", "/v1/conversations?page_size=1", "/health", "/nowhere",
    ];

    private readonly FuzzRun _run = new("requests", PercentOfAll);

    [Fact]
    public async Task No_request_brings_the_door_down_or_makes_it_grow()
    {
        await using var door = await Door.OpenAsync(
            // What is refused for its rate was not looked at.
            [.. from kind in new[] { "ApiKey", "ApiAddress", "WebhookKey", "WebhookAddress" }
                from rate in new[] { "PerSecond", "Burst" }
                select ($"Gateway:Rates:{kind}:{rate}", "1000000")]);
        await PassAsync(door);
        door.Forget();

        await _run.SendAsync(Workers, async (random, takesAnother) =>
        {
            using var connection = new RawConnection(door.Gateway.HttpPort);
            var fuzz = new RequestFuzz(random, MaxBodyBytes);
            while (takesAnother())
            {
                var request = random.OneIn(5)
                    ? fuzz.Post("form", random.Pick(Targets), fuzz.Fields([("CallSid", "CA1")]), FuzzedText.Value(random).Replace('\r', ' ').Replace('\n', ' '))
                    : fuzz.Next(random.Pick(Targets));
                Judge(request, await connection.SendAsync(request));
            }
        });

        _run.AssertNoFaults();
        _run.AssertMemoryIsFlat();
        await PassAsync(door);
    }

    private static async Task PassAsync(Door door)
    {
        using var client = door.NewClient();
        Assert.Contains("answered", await client.GetStringAsync(new Uri("/v1/calls", UriKind.Relative)), StringComparison.Ordinal);
    }

    private void Judge(FuzzedRequest request, RawAnswer? answer)
    {
        _run.Note(request.Kind, answer?.Status.ToString(CultureInfo.InvariantCulture) ?? "closed");
        if (answer is null && request.MustBeAnswered)
            _run.Fault(request.Kind, "no answer", request.Bytes);
        else if (answer is { Status: >= 500 and not 505 }) // 505: it was another version of HTTP, and no fault of ours.
            _run.Fault(request.Kind, $"{answer.Status} {answer.Body}", request.Bytes);
    }
}
