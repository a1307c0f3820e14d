using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Resilience;

namespace ServiceDefaults.Tests;

/// <summary>Against a server that answers as it is told.</summary>
public sealed class OutgoingResilienceTests : IAsyncLifetime
{
    private readonly Queue<int> _answers = new();
    private readonly List<string> _requests = [];
    private WebApplication _server = null!;
    private ServiceProvider _services = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            _requests.Add($"{context.Request.Method} {await body.ReadToEndAsync()}".TrimEnd());
            context.Response.StatusCode = _answers.Dequeue();
        });
        await _server.StartAsync();

        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddHttpClient("peer").AddOutgoingResilience();
        _services = services.BuildServiceProvider();
        _client = _services.GetRequiredService<IHttpClientFactory>().CreateClient("peer");
        _client.BaseAddress = new(_server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", 500)]
    [InlineData("POST", 429)]
    [InlineData("PATCH", 503)]
    public async Task What_may_not_happen_twice_is_never_repeated(string method, int status) =>
        await AssertAsync(method, answers: [status], status, times: 1);

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_failure_that_may_pass_is_met_with_two_more_tries(string method) =>
        await AssertAsync(method, answers: [500, 503, 502], expected: 502, times: 3);

    [Fact]
    public async Task A_try_that_succeeds_is_the_last() => await AssertAsync("GET", answers: [500, 200], expected: 200, times: 2);

    [Fact]
    public async Task A_repeated_put_carries_its_body_again()
    {
        await AssertAsync("PUT", answers: [500, 204], expected: 204, times: 2, body: "{}");

        Assert.Equal(["PUT {}", "PUT {}"], _requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_refusal_is_not_asked_again(int status) => await AssertAsync("GET", answers: [status], status, times: 1);

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, false)]
    public async Task One_account_that_is_told_to_wait_keeps_no_other_back_and_a_server_that_fails_does(int status, bool isAskedStill)
    {
        for (var i = 0; i < 40; i++)
            _answers.Enqueue(status);
        _answers.Enqueue(200);

        for (var i = 0; i < 40; i++)
            using (var answer = await TryAsync()) { }

        using var last = await TryAsync();
        Assert.Equal(isAskedStill, last?.IsSuccessStatusCode is true);

        async Task<HttpResponseMessage?> TryAsync()
        {
            try
            {
                return await _client.PostAsync("/", null);
            }
            catch (Polly.CircuitBreaker.BrokenCircuitException)
            {
                return null;
            }
        }
    }

    private async Task AssertAsync(string method, int[] answers, int expected, int times, string? body = null)
    {
        foreach (var answer in answers)
            _answers.Enqueue(answer);
        using var request = new HttpRequestMessage(new(method), "/") { Content = body is null ? null : new StringContent(body) };

        using var response = await _client.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(times, _requests.Count);
    }
}
