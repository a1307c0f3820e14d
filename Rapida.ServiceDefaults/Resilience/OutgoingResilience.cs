using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Rapida.ServiceDefaults.Resilience;

/// <summary>What every HTTP request to somebody else's server goes through.</summary>
public static class OutgoingResilience
{
    /// <summary>
    /// 10 s for a try; three tries with growing pauses for what may be repeated (GET, HEAD, PUT, DELETE); a breaker that spares a server
    /// which fails more often than not (429 is no failure of its: it has told one account to wait). A POST is never repeated: placing a call twice rings a
    /// person twice.
    /// </summary>
    public static IHttpClientBuilder AddOutgoingResilience(this IHttpClientBuilder client) =>
        client.AddHttpMessageHandler(provider => new Handler(provider.GetRequiredService<TimeProvider>()));

    private sealed class Handler(TimeProvider clock) : DelegatingHandler
    {
        private readonly ResiliencePipeline<HttpResponseMessage> _repeated = Pipeline(clock, repeats: true);
        private readonly ResiliencePipeline<HttpResponseMessage> _once = Pipeline(clock, repeats: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var pipeline = request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch ? _once : _repeated;
            return await pipeline.ExecuteAsync(
                async (state, token) => await state.Send(state.Request, token),
                (Send: (Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>)base.SendAsync, Request: request),
                cancellationToken);
        }

        private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider clock, bool repeats)
        {
            var failing = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TimeoutRejectedException>()
                .HandleResult(response => response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout);
            var passing = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TimeoutRejectedException>()
                .HandleResult(response =>
                    response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);
            var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };
            if (repeats)
                pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = passing,
                    MaxRetryAttempts = 2,
                    Delay = TimeSpan.FromMilliseconds(300),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                });
            return pipeline
                .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = failing,
                    FailureRatio = 0.5,
                    MinimumThroughput = 20,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = TimeSpan.FromSeconds(5),
                })
                .AddTimeout(TimeSpan.FromSeconds(10))
                .Build();
        }
    }
}
