using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Twilio.Clients;
using Twilio.Http;

namespace StandIns.Tests.Twilio;

/// <summary>Answers on loopback what it was told to, and remembers what it was asked.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Answer> _answers = [];

    private FakeTwilio(WebApplication app) => _app = app;

    public ConcurrentQueue<Asked> Requests { get; } = [];

    public static async Task<FakeTwilio> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSetting("urls", "http://127.0.0.1:0");
        var fake = new FakeTwilio(builder.Build());
        fake._app.Run(fake.AnswerAsync);
        await fake._app.StartAsync();
        return fake;
    }

    public void Answers(int status, string body, string contentType = "application/json") =>
        _answers.Enqueue(new Answer(status, body, contentType));

    public TwilioRestClient Client(string username = AccountSid, string password = "token", string? accountSid = null) =>
        new(username, password, accountSid, httpClient: new SystemNetHttpClient(
            new System.Net.Http.HttpClient(new ToLoopback(new Uri(_app.Urls.Single())))));

    public Asked TakeRequest() => Requests.TryDequeue(out var request) ? request : throw new InvalidOperationException("Nothing was asked.");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        Requests.Enqueue(new Asked(
            context.Request.Method, target, context.Request.Headers.Authorization.ToString(), context.Request.Headers.UserAgent.ToString(),
            context.Request.ContentType, await reader.ReadToEndAsync()));

        var answer = _answers.TryDequeue(out var next) ? next : new Answer(500, "{}", "application/json");
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.WriteAsync(answer.Body);
    }

    internal sealed record Asked(string Method, string Target, string Authorization, string UserAgent, string? ContentType, string Body);

    private sealed record Answer(int Status, string Body, string ContentType);

    private sealed class ToLoopback(Uri address) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Xunit.Assert.Equal("https://api.twilio.com", request.RequestUri!.GetLeftPart(UriPartial.Authority));
            request.RequestUri = new Uri(address, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
