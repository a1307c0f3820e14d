using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rapida.Client.Http;

/// <summary>Sends requests, those that may be more than once, and makes of answers values or exceptions.</summary>
internal sealed class Transport
{
    private static readonly ProductInfoHeaderValue Agent = new("rapida-dotnet", typeof(Transport).Assembly.GetName().Version!.ToString(3));
    private readonly HttpClient _http;
    private readonly string _address;
    private readonly string _apiKey;
    private readonly RapidaClientOptions _options;

    public Transport(HttpClient http, string address, RapidaClientOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Retries);
        (_http, _address, _options, _apiKey) = (http, address, options, options.ApiKey.Trim());
        // HttpClient would quote a key that does not fit in a header in its exception.
        if (_apiKey.Length == 0 || _apiKey.Any(letter => letter is < '!' or > '~'))
            throw new ArgumentException("The API key is empty or holds characters that no key has.");
    }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> kind, CancellationToken cancellationToken) =>
        SendAsync(Request.Get(path), kind, cancellationToken);

    public async Task<T> SendAsync<T>(Request request, JsonTypeInfo<T> kind, CancellationToken cancellationToken)
    {
        var body = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, kind) ?? throw new JsonException();
        }
        catch (JsonException wrong)
        {
            var path = request.Path.Split('?')[0];
            throw new RapidaException($"The answer to {request.Method} {path} was not understood: see {wrong.Path ?? "$"} in it.", inner: wrong);
        }
    }

    /// <summary>The body of the answer.</summary>
    public async Task<byte[]> SendAsync(Request request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                using var limit = NewLimit(cancellationToken);
                using var response = await AttemptAsync(request, limit, cancellationToken).ConfigureAwait(false);
                return await ReadAsync(response, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (RapidaException error)
            {
                await WaitOrThrowAsync(request, attempt, error, cancellationToken).ConfigureAwait(false);
            }
    }

    /// <summary>Sends once. The answer is a success, and its body is still to be read.</summary>
    public async Task<HttpResponseMessage> AttemptAsync(Request request, Limit limit, CancellationToken cancellationToken)
    {
        using var message = MessageOf(request);
        var response = await GuardAsync(
            token => _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token), limit, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw ReadProblem.From(response, await ReadAsync(response, limit, cancellationToken).ConfigureAwait(false), _options.TimeProvider);
    }

    public async Task WaitOrThrowAsync(Request request, int attempt, RapidaException error, CancellationToken cancellationToken)
    {
        if (attempt == _options.Retries || !Backoff.MayBeTriedAgain(request, error))
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        var wait = Backoff.WaitBefore(attempt, error.RetryAfter, Random.Shared.NextDouble());
        await Task.Delay(wait, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    public Limit NewLimit(CancellationToken cancellationToken) => new(_options.Timeout, _options.TimeProvider, cancellationToken);

    /// <summary>Makes of what goes wrong on the way a <see cref="RapidaException"/> without a status.</summary>
    public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, Limit limit, CancellationToken cancellationToken)
    {
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RapidaException($"{_address} did not answer within {_options.Timeout.TotalSeconds:0.###} s.", inner: late);
        }
        catch (HttpRequestException failed)
        {
            var isUnsent = failed.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            throw new RapidaException(isUnsent ? $"There is no connection to {_address}." : $"The connection to {_address} was lost.", inner: failed)
            {
                NeverSent = isUnsent,
                IsFinal = failed.InnerException is AuthenticationException,
            };
        }
        catch (IOException lost)
        {
            throw new RapidaException($"The connection to {_address} was lost.", inner: lost);
        }
    }

    private Task<byte[]> ReadAsync(HttpResponseMessage response, Limit limit, CancellationToken cancellationToken) =>
        GuardAsync(response.Content.ReadAsByteArrayAsync, limit, cancellationToken);

    private HttpRequestMessage MessageOf(Request request)
    {
        var message = new HttpRequestMessage(request.Method, _address + request.Path);
        message.Headers.Add("x-api-key", _apiKey);
        message.Headers.UserAgent.Add(Agent);
        if (request.IdempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", request.IdempotencyKey);
        if (request.From > 0)
            message.Headers.Range = new(request.From, null);
        if (request.Body is not null)
            message.Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new("application/json") } };
        else if (request.Method != HttpMethod.Get)
            // SocketsHttpHandler sends again by itself what has no content, when a connection that was used before ends without an answer.
            message.Content = new ByteArrayContent([]);
        return message;
    }
}
