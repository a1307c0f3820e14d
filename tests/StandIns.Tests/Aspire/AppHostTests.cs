using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace StandIns.Tests.Aspire;

/// <summary>A whole system under the sample AppHost, started once for the tests that only look.</summary>
public sealed class AppHostTests(AppHostTests.RunningSystem system) : IClassFixture<AppHostTests.RunningSystem>
{
    private static readonly HttpClient Http = new();

    private readonly AppHostProcess _host = system.Host;

    [Fact]
    public async Task The_system_starts_in_the_order_of_its_waits_and_gives_each_what_it_refers_to()
    {
        var positions = new[] { "server is up", "migrating with Host=localhost:", "migrated", "migrations has finished", "ADDRESSES" }
            .Select(words => _host.Output.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);

        var api = await EnvironmentAsync(_host.Api);
        Assert.Equal("not for logs", api["API_KEY"]);
        Assert.Matches("^Host=localhost:[0-9]+;Password=not for logs$", api["ConnectionStrings__some-db"]);
        Assert.Equal("yes", api["FROM_LAUNCH_PROFILE"]);
        Assert.Equal("api", api["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service.instance.id=api-[12]$", api["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Matches("^http://localhost:[0-9]+$", api["ASPNETCORE_URLS"]);
        Assert.NotEqual(_host.ApiGrpc.Port, int.Parse(api["GRPC_PORT"]));

        var web = await EnvironmentAsync(_host.Web);
        Assert.Equal(_host.Api.ToString(), web["services__api__http__0"] + "/");
        Assert.Equal(_host.Api.ToString(), web["API_HTTP"] + "/");
        Assert.Equal(_host.ApiGrpc.ToString(), web["services__api__grpc__0"] + "/");
        Assert.Equal(_host.ApiGrpc.ToString(), web["API_GRPC"] + "/");
        Assert.Equal(_host.Api + "hello", web["GREETING"]);
        Assert.Equal(_host.Web.ToString(), web["ASPNETCORE_URLS"] + "/");
    }

    [Fact]
    public async Task Replicas_share_one_address_for_http_1_http_2_and_web_sockets()
    {
        Assert.Equal(2, (await ProcessesAsync(_host.Api, HttpVersion.Version11, "HTTP/1.1")).Count);
        Assert.Equal(2, (await ProcessesAsync(_host.ApiGrpc, HttpVersion.Version20, "HTTP/2")).Count);

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_host.Api) { Scheme = "ws", Path = "/echo" }.Uri, CancellationToken.None);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task The_secret_is_in_no_line_of_the_AppHost_and_the_table_shows_every_resource()
    {
        await _host.WroteAsync("● web");

        Assert.Contains("● api", _host.Output, StringComparison.Ordinal);
        Assert.Contains("running × 2", _host.Output, StringComparison.Ordinal);
        Assert.Contains("✓ migrations", _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Output.Split('\n'), line => line.StartsWith("apphost", StringComparison.Ordinal) && line.Contains("not for logs", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(Uri service)
        => JsonSerializer.Deserialize<Dictionary<string, string>>(await Http.GetStringAsync(new Uri(service, "/environment")))!;

    // A connection for each request: a replica is chosen per connection.
    private static async Task<HashSet<string>> ProcessesAsync(Uri address, Version version, string protocol)
    {
        var processes = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            using var http = new HttpClient { DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
            var answer = (await http.GetStringAsync(new Uri(address, "/process"))).Split(' ');
            Assert.Equal(protocol, answer[1]);
            processes.Add(answer[0]);
        }

        return processes;
    }

    public sealed class RunningSystem : IAsyncLifetime
    {
        internal AppHostProcess Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await AppHostProcess.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
