using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Outgoing;

namespace ServiceDefaults.Tests;

/// <summary>In Production, where a test can have no server: the Internet is made of paper.</summary>
public sealed class FollowRedirectsTests : IDisposable
{
    private readonly PaperInternet _internet = new();

    public void Dispose() => _internet.Dispose();

    [Fact]
    public async Task Outside_Development_http_is_refused_before_anything_is_sent()
    {
        using var client = NewClient();

        await Assert.ThrowsAsync<AddressRefusedException>(() => client.GetAsync("http://clinic.example.com/"));

        Assert.Empty(_internet.Requests);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused()
    {
        _internet.Redirect = new Uri("http://clinic.example.com/");
        using var client = NewClient();

        await Assert.ThrowsAsync<AddressRefusedException>(() => client.GetAsync("https://clinic.example.com/"));

        Assert.Equal(["GET https://clinic.example.com/ "], _internet.Requests);
    }

    [Theory]
    [InlineData("https://clinic.example.com/new", "tenants-key")]
    [InlineData("https://clinic.example.com:8443/new", "")]
    [InlineData("https://www.clinic.example.com/new", "")]
    public async Task Headers_go_along_to_the_same_server_and_not_to_another_port_or_host(string to, string key)
    {
        _internet.Redirect = new Uri(to);
        using var client = NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://clinic.example.com/");
        request.Headers.Add("X-Key", "tenants-key");

        await client.SendAsync(request);

        Assert.Equal(["tenants-key", key], _internet.Keys);
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently, "GET", "")]
    [InlineData(HttpStatusCode.Found, "GET", "")]
    [InlineData(HttpStatusCode.SeeOther, "GET", "")]
    [InlineData(HttpStatusCode.TemporaryRedirect, "POST", "monday")]
    [InlineData(HttpStatusCode.PermanentRedirect, "POST", "monday")]
    public async Task A_POST_is_repeated_only_where_the_redirect_says_so(HttpStatusCode status, string method, string content)
    {
        _internet.Redirect = new Uri("https://clinic.example.com/new");
        _internet.Status = status;
        using var client = NewClient();

        await client.PostAsync("https://clinic.example.com/", new StringContent("monday"));

        Assert.Equal(["POST https://clinic.example.com/ monday", $"{method} https://clinic.example.com/new {content}"], _internet.Requests);
    }

    private HttpClient NewClient()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.AddPublicHttpClient("tools").ConfigurePrimaryHttpMessageHandler(() => _internet);
        return builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("tools");
    }

    private sealed class PaperInternet : HttpMessageHandler
    {
        /// <summary>Where the first request is sent on.</summary>
        public Uri? Redirect { get; set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.Found;

        /// <summary>"GET https://clinic.example.com/ " and the content.</summary>
        public List<string> Requests { get; } = [];

        public List<string> Keys { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Requests.Add($"{request.Method} {request.RequestUri} {content}");
            Keys.Add(request.Headers.TryGetValues("X-Key", out var values) ? values.Single() : "");
            var response = new HttpResponseMessage(Requests.Count == 1 && Redirect is not null ? Status : HttpStatusCode.OK);
            response.Headers.Location = Requests.Count == 1 ? Redirect : null;
            return response;
        }
    }
}
