using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Rapida.Client;

namespace Sdk.Tests;

/// <summary>One request as it arrived.</summary>
internal sealed record Received(string Method, string Target, Dictionary<string, string> Headers, string Body, string Connection)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A server on loopback that answers as a test has written down, one answer a request.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers;
    private readonly ConcurrentQueue<Received> _requests = new();
    private readonly List<RapidaClient> _clients = [];

    private ScriptedServer(WebApplication app, IEnumerable<Func<HttpContext, Task>> answers) => (_app, _answers) = (app, new(answers));

    public Uri Url => new(_app.Urls.First());

    public IReadOnlyList<Received> Requests => [.. _requests];

    public ImpatientClock Clock { get; } = new();

    public static async Task<ScriptedServer> StartAsync(params IEnumerable<Func<HttpContext, Task>> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build(), answers);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A client whose waits are over at once, and are counted.</summary>
    public RapidaClient Client(int retries = 3, TimeProvider? clock = null, TimeSpan? timeout = null)
    {
        var client = new RapidaClient(new RapidaClientOptions
        {
            ApiKey = Answers.Key,
            BaseUrl = Url,
            Retries = retries,
            Timeout = timeout ?? ImpatientClock.Patience,
            TimeProvider = clock ?? Clock,
        });
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        // Who is silent is so until it ends.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _requests.Enqueue(new(
            http.Request.Method,
            http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray()),
            http.Connection.Id));
        if (_answers.TryDequeue(out var answer))
            await answer(http);
        else
            http.Response.StatusCode = StatusCodes.Status501NotImplemented; // More was asked than the test has foreseen.
    }
}
