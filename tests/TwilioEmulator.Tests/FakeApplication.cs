using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>One request as it arrived, byte for byte where it matters.</summary>
internal sealed record Received(
    string Method, string RawTarget, string Host, IHeaderDictionary Headers, string Body, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    public string this[string field] => Form.Single(f => f.Key == field).Value;

    public string Path => RawTarget.Split('?')[0];
}

/// <summary>A Twilio customer: answers webhooks by path, and talks on media streams as the test says.</summary>
internal sealed class FakeApplication : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _requests = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();

    private FakeApplication(WebApplication app) => _app = app;

    /// <summary>For example 127.0.0.1:40123.</summary>
    public string Authority { get; private set; } = "";

    public string Url(string path) => $"http://{Authority}{path}";

    public string StreamUrl(string path = "/media") => $"ws://{Authority}{path}";

    public IReadOnlyList<Received> Requests => [.. _requests];

    public IReadOnlyList<Received> RequestsTo(string path) => [.. _requests.Where(r => r.Path == path)];

    public static async Task<FakeApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeApplication(app);
        app.UseWebSockets();
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        fake.Authority = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority;
        return fake;
    }

    public FakeApplication Answer(string path, Func<HttpContext, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public FakeApplication Twiml(string path, string verbs, string contentType = "text/xml") =>
        Raw(path, $"""<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>""", contentType);

    public FakeApplication Raw(string path, string body, string? contentType = "text/xml", int status = 200) => Answer(path, async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(body);
        await http.Response.WriteAsync(body);
    });

    public FakeApplication Stream(Func<ServerSide, Task> talk, string path = "/media") => Answer(path, async http =>
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await talk(new ServerSide(socket, http));
    });

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        // WebUtility turns a plus into a space, as form decoding wants.
        var form = body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2).Select(t => System.Net.WebUtility.UrlDecode(t)).ToArray());
        var request = new Received(
            http.Request.Method, http.Features.Get<IHttpRequestFeature>()!.RawTarget, http.Request.Host.Value!,
            // The server uses its own collection again for the next request.
            new HeaderDictionary(http.Request.Headers.ToDictionary()), body, [.. form.Select(p => KeyValuePair.Create(p[0]!, p[1]!))]);
        _requests.Enqueue(request);

        if (_answers.TryGetValue(request.Path, out var answer))
            await answer(http);
        else
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
