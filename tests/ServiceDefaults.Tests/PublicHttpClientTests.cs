using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.Testing;

namespace ServiceDefaults.Tests;

/// <summary>Against a server on this machine, which is what must not be reached.</summary>
public sealed class PublicHttpClientTests : IAsyncLifetime
{
    private static readonly byte[] Packed = Gzip(new byte[1_000]);
    private readonly List<string> _requests = [];
    private readonly List<string> _headers = [];
    private WebApplication _server = null!;
    private string _address = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(Answer);
        await _server.StartAsync();
        _address = _server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Production", false)]
    [InlineData("Development", false)]
    public async Task This_machine_is_reached_in_Development_only_and_only_on_request(string environment, bool allows)
    {
        using var client = NewClient(environment, allows);

        await AssertRefusedAsync(client, _address);
        await AssertRefusedAsync(client, _address.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Empty(_requests);
    }

    [Theory]
    [InlineData("https://2130706433/")] // 127.0.0.1 as a number
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    public async Task No_spelling_of_an_address_gets_around_the_guard(string url)
    {
        using var client = NewClient("Production", allowsLoopback: false);

        await AssertRefusedAsync(client, url);
    }

    [Fact]
    public async Task A_redirect_to_the_inside_is_refused()
    {
        using var client = NewClient("Development", allowsLoopback: true);

        await AssertRefusedAsync(client, $"{_address}/to?http://169.254.169.254/latest/meta-data/");
        await AssertRefusedAsync(client, $"{_address}/to?http://10.0.0.1/");
        await AssertRefusedAsync(client, $"{_address}/to?ftp://127.0.0.1/");
    }

    [Fact]
    public async Task A_name_that_resolves_to_the_inside_the_second_time_gains_nothing()
    {
        IPAddress[][] answers = [[IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")], [IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]];
        var asked = 0;
        using var client = Resolving(() => answers[asked++]);
        var url = _address.Replace("127.0.0.1", "rebinding.example.com", StringComparison.Ordinal);

        using (var once = new HttpRequestMessage(HttpMethod.Get, url))
        {
            once.Headers.ConnectionClose = true;
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(once)).StatusCode);
        }

        await AssertRefusedAsync(client, url);
        await AssertRefusedAsync(client, url);
        Assert.Equal((3, 1), (asked, _requests.Count));
    }

    [Fact]
    public async Task A_name_without_an_address_is_refused()
    {
        using var client = Resolving();

        await AssertRefusedAsync(client, "http://nowhere.example.com/");
    }

    [Fact]
    public async Task No_proxy_of_the_machine_is_asked_for_it_would_connect_to_what_it_likes()
    {
        var (before, proxy) = (HttpClient.DefaultProxy, new AskedProxy());
        HttpClient.DefaultProxy = proxy;
        try
        {
            using var client = Resolving(IPAddress.Loopback);
            await client.GetAsync(_address.Replace("127.0.0.1", AskedProxy.Host, StringComparison.Ordinal));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Equal((1, 0), (_requests.Count, proxy.Asked));
    }

    [Fact]
    public async Task The_server_is_told_neither_the_trace_nor_the_cookie_that_it_gave_to_another_call()
    {
        using var activity = new Activity("call").Start();
        using var client = NewClient("Development", allowsLoopback: true);

        await client.GetAsync($"{_address}/cookie");
        await client.GetAsync($"{_address}/cookie");

        Assert.Equal(["Host", "Host"], _headers);
    }

    [Fact]
    public async Task What_is_packed_stays_packed_so_that_a_limit_of_bytes_is_one()
    {
        using var client = NewClient("Development", allowsLoopback: true);

        var content = await client.GetByteArrayAsync($"{_address}/packed");

        Assert.Equal(Packed, content);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_no_more()
    {
        using var client = NewClient("Development", allowsLoopback: true);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{_address}/down/3")).StatusCode);
        await AssertRefusedAsync(client, $"{_address}/down/4");
    }

    [Fact]
    public async Task A_redirect_to_another_host_takes_no_header_along()
    {
        using var client = NewClient("Development", allowsLoopback: true);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{_address}/to?{_address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/end");
        request.Headers.Add("X-Key", "tenants-key");

        await client.SendAsync(request);

        Assert.Equal(["tenants-key", ""], _requests);
    }

    [Fact]
    public async Task A_response_is_read_up_to_its_limit()
    {
        using var client = NewClient("Development", allowsLoopback: true);

        using var response = await client.GetAsync($"{_address}/bytes/1000", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(1_000, (await response.Content.ReadAtMostAsync(1_000, CancellationToken.None))!.Length);
        using var longer = await client.GetAsync($"{_address}/bytes/1001", HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(await longer.Content.ReadAtMostAsync(1_000, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_told_about_where_a_request_goes()
    {
        using var logs = new LogCapture();
        using var client = NewClient("Development", allowsLoopback: true, logs);

        await client.GetAsync($"{_address}/very-private");

        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains("very-private", StringComparison.Ordinal));
    }

    private static async Task AssertRefusedAsync(HttpClient client, string url)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(url));
        Assert.True(AddressRefusedException.IsBehind(exception) || exception is NotSupportedException, exception.ToString());
    }

    private static HttpClient Resolving(params IPAddress[] addresses) => Resolving(() => addresses);

    private static HttpClient Resolving(Func<IPAddress[]> addresses) =>
        new(OutgoingRegistration.NewHandler(new ConnectToPublicAddress((_, _) => Task.FromResult(addresses()), allowsLoopback: true)));

    private static HttpClient NewClient(string environment, bool allowsLoopback, ILoggerProvider? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("Outgoing:AllowLoopback", allowsLoopback.ToString())]);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (logs is not null)
            builder.Logging.AddProvider(logs);
        builder.AddPublicHttpClient("tools");
        return builder.Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("tools");
    }

    private async Task Answer(HttpContext context)
    {
        _headers.AddRange(context.Request.Headers.Keys);
        _requests.Add(context.Request.Headers["X-Key"].ToString());
        var path = context.Request.Path.Value!.Split('/');
        switch (path[1])
        {
            case "to":
                context.Response.Redirect(context.Request.QueryString.Value![1..]);
                break;
            case "down" when path[2] != "0":
                context.Response.Redirect($"/down/{int.Parse(path[2]) - 1}");
                break;
            case "cookie":
                context.Response.Cookies.Append("caller", "1");
                break;
            case "packed":
                context.Response.Headers.ContentEncoding = "gzip";
                await context.Response.Body.WriteAsync(Packed);
                break;
            case "bytes":
                // Without a length: it is known at the end only.
                await context.Response.StartAsync();
                await context.Response.Body.WriteAsync(new byte[int.Parse(path[2])]);
                break;
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Nobody's proxy; counts who asks the way to <see cref="Host"/>.</summary>
    private sealed class AskedProxy : IWebProxy
    {
        public const string Host = "by-proxy.example.com";

        public int Asked { get; private set; }

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => null;

        public bool IsBypassed(Uri host)
        {
            Asked += host.Host == Host ? 1 : 0;
            return true;
        }
    }
}
