using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace ServiceDefaults.Tests;

public sealed class ProblemTests : IAsyncLifetime
{
    private const int GrpcCallFailed = 9001;
    private const int RequestFailed = 9002;
    private const string Detail = "It is the caller's to mend.";
    private const string Private = "the password is swordfish";
    private RunningService _service = null!;

    public async Task InitializeAsync() => _service = await RunningService.StartAsync(app =>
    {
        app.MapGrpcService<TroubledApiKeys>();
        app.MapGet("/answered/{kind}", (ProblemKind kind) => ProblemOf(kind).ToHttp());
        app.MapGet("/thrown/{kind}", IResult (ProblemKind kind) => throw new ProblemException(ProblemOf(kind)));
        app.MapGet("/surprise/{key}", IResult (string key) => throw new InvalidOperationException(Private + key));
        app.MapGet("/orders", () => "");
        app.MapPost("/orders", () => "");
        app.MapGet("/orders/{id:guid}/lines/{line:int}", (Guid id, int line) => line);
        app.MapGet("/bare", () => Results.NotFound());
        app.MapGet("/peer-away", IResult () => throw new RpcException(new(StatusCode.Unavailable, Private)));
    });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(ProblemKind.Invalid, HttpStatusCode.BadRequest, StatusCode.InvalidArgument)]
    [InlineData(ProblemKind.NotFound, HttpStatusCode.NotFound, StatusCode.NotFound)]
    [InlineData(ProblemKind.Conflict, HttpStatusCode.Conflict, StatusCode.FailedPrecondition)]
    [InlineData(ProblemKind.Forbidden, HttpStatusCode.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(ProblemKind.Unavailable, HttpStatusCode.ServiceUnavailable, StatusCode.Unavailable)]
    public async Task A_problem_is_the_same_on_both_transports(ProblemKind kind, HttpStatusCode http, StatusCode grpc)
    {
        if (kind is ProblemKind.Unavailable)
            _service.Logs.Expect(RequestFailed);
        foreach (var way in new[] { "answered", "thrown" })
        {
            using var answer = await _service.Http.GetAsync(new Uri($"/{way}/{kind}", UriKind.Relative));
            Assert.Equal(http, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.Equal("mendable", (string?)problem["code"]);
            Assert.Equal(Detail, (string?)problem["detail"]);
        }

        var exception = await CallAsync($"{kind}");
        Assert.Equal(grpc, exception.StatusCode);
        Assert.Equal(Detail, exception.Status.Detail);
        Assert.Equal("mendable", exception.Trailers.GetValue(ProblemAnswers.CodeTrailer));
    }

    [Fact]
    public async Task A_surprise_is_told_over_http_without_detail_and_logged_once_without_the_path()
    {
        _service.Logs.Expect(RequestFailed);

        using var answer = await _service.Http.GetAsync(new Uri("/surprise/key-in-the-path", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(InvalidOperationException), body, StringComparison.Ordinal);
        Assert.Equal("internal", (string?)JsonNode.Parse(body)!["code"]);
        var line = Assert.Single(_service.Logs.Lines, line => line.Level >= LogLevel.Error);
        Assert.Equal("GET /surprise/{key} failed", line.Text);
        Assert.IsType<InvalidOperationException>(line.Exception);
    }

    [Fact]
    public async Task A_surprise_is_told_over_grpc_without_detail_and_logged_once()
    {
        _service.Logs.Expect(GrpcCallFailed);

        var exception = await CallAsync("surprise");

        Assert.Equal(StatusCode.Internal, exception.StatusCode);
        Assert.DoesNotContain("swordfish", exception.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(_service.Logs.Lines, line => line.Level >= LogLevel.Error);
        Assert.Equal(GrpcCallFailed, line.EventId.Id);
        Assert.IsType<InvalidOperationException>(line.Exception);
    }

    [Fact]
    public async Task A_peer_that_is_away_is_unavailable_and_not_a_fault_of_the_request()
    {
        _service.Logs.Expect(RequestFailed);

        using var answer = await _service.Http.GetAsync(new Uri("/peer-away", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("swordfish", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/order", "There is nothing at this path. Those of the API begin with /v1.")]
    [InlineData("/orders/7/lines/1", "There is nothing at this path: the id in it has to be a UUID.")]
    [InlineData("/orders/01990f3a-7c00-7000-8000-0000000000e1/lines/one", "There is nothing at this path: the line in it has to be a whole number.")]
    public async Task A_path_that_nothing_is_at_is_a_problem_that_says_what_is_wrong_with_it(string path, string sentence)
    {
        using var answer = await _service.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, "path_unknown", sentence), (answer.StatusCode, await answer.CodeAsync(), await answer.DetailAsync()));
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_a_problem_that_names_those_it_takes()
    {
        using var answer = await _service.Http.PutAsync(new Uri("/orders", UriKind.Relative), null);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal("PUT does nothing at this path, which takes GET, POST.", await answer.DetailAsync());
    }

    [Fact]
    public async Task An_endpoint_may_say_no_more_than_that_it_has_nothing()
    {
        using var answer = await _service.Http.GetAsync(new Uri("/bare", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_request_that_cannot_be_read_is_a_problem_in_every_environment(string environment)
    {
        await using var service = await RunningService.StartAsync(app => app.MapGet("/number", (int? n) => n), environment: environment);

        using var answer = await service.Http.GetAsync(new Uri("/number?n=many", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("bad_request", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public void A_result_is_either_its_value_or_its_problem()
    {
        Result<int> value = 7;
        Result<int> problem = ProblemOf(ProblemKind.Conflict);

        Assert.True(value.TryGet(out var seven, out _));
        Assert.Equal(7, seven);
        Assert.False(problem.TryGet(out _, out var conflict));
        Assert.Equal(ProblemKind.Conflict, conflict.Kind);
        Assert.Same(conflict, Assert.Throws<ProblemException>(() => problem.ValueOrThrow()).Problem);
    }

    private static Problem ProblemOf(ProblemKind kind) => new(kind, "mendable", Detail);

    private async Task<RpcException> CallAsync(string trouble) => await Assert.ThrowsAsync<RpcException>(
        async () => await new ApiKeys.ApiKeysClient(_service.CallAs("calls")).AuthenticateAsync(new() { Key = trouble }));

    [Callers("calls")]
    private sealed class TroubledApiKeys : ApiKeys.ApiKeysBase
    {
        public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
            Enum.TryParse<ProblemKind>(request.Key, out var kind)
                ? throw new ProblemException(ProblemOf(kind))
                : throw new InvalidOperationException(Private);
    }
}
