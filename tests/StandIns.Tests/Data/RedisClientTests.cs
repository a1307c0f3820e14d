using Aspire.StackExchange.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Xunit;

namespace StandIns.Tests.Data;

public sealed class RedisClientTests(RedisServer server) : IClassFixture<RedisServer>
{
    private readonly HostApplicationBuilder _builder = Application("cache", server.ConnectionString);

    [Fact]
    public async Task The_connection_reaches_the_server_that_the_connection_string_names()
    {
        _builder.AddRedisClient("cache");
        using var host = _builder.Build();

        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("stand-in", "here");

        Assert.Equal("here", await database.StringGetAsync("stand-in"));
    }

    [Fact]
    public async Task A_host_name_is_resolved()
    {
        _builder.Configuration["ConnectionStrings:cache"] = server.ConnectionString.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        _builder.AddRedisClient("cache");
        using var host = _builder.Build();

        var latency = await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync();

        Assert.True(latency > TimeSpan.Zero);
    }

    [Fact]
    public void A_server_that_is_not_there_yet_is_waited_for()
    {
        _builder.Configuration["ConnectionStrings:later"] = $"127.0.0.1:{ServerProcess.FreePort()},connectTimeout=200,connectRetry=1";
        _builder.AddRedisClient("later");
        using var host = _builder.Build();

        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.False(connection.IsConnected);
    }

    [Theory]
    [InlineData("abortConnect=true", true)]
    [InlineData("abortConnect=false", false)]
    [InlineData("ssl=false", false)]
    public void The_connection_string_has_the_last_word_on_abortConnect(string option, bool aborts)
    {
        _builder.Configuration["ConnectionStrings:cache"] = $"{server.ConnectionString},{option}";
        _builder.AddRedisClient("cache");
        using var host = _builder.Build();

        Assert.Equal(aborts, host.Services.GetRequiredService<IOptions<ConfigurationOptions>>().Value.AbortOnConnectFail);
    }

    [Fact]
    public void Options_come_from_the_section_then_from_the_connections_own_section_then_from_the_caller()
    {
        _builder.Configuration["Aspire:StackExchange:Redis:ConfigurationOptions:ConnectRetry"] = "7";
        _builder.Configuration["Aspire:StackExchange:Redis:cache:ConfigurationOptions:ConnectTimeout"] = "1234";
        _builder.AddRedisClient("cache", configureOptions: options => options.ClientName = "from the caller");
        using var host = _builder.Build();

        var options = host.Services.GetRequiredService<IOptions<ConfigurationOptions>>().Value;

        Assert.Equal((7, 1234, "from the caller"), (options.ConnectRetry, options.ConnectTimeout, options.ClientName));
        Assert.Single(options.EndPoints);
    }

    [Fact]
    public void A_missing_connection_string_is_named_when_the_connection_is_resolved()
    {
        _builder.AddRedisClient("sessions");
        using var host = _builder.Build();

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Contains("ConnectionStrings:sessions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyed_connections_live_beside_each_other()
    {
        _builder.Configuration["ConnectionStrings:slots"] = $"{server.ConnectionString},defaultDatabase=3";
        _builder.AddKeyedRedisClient("cache");
        var slots = _builder.AddKeyedRedisClientBuilder("slots");
        using var host = _builder.Build();

        var database = host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("slots").GetDatabase();
        await database.PingAsync();

        Assert.Equal(3, database.Database);
        Assert.Equal(0, host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("cache").GetDatabase().Database);
        Assert.Equal("slots", slots.ServiceKey);
        Assert.Null(host.Services.GetService<IConnectionMultiplexer>());
    }

    [Fact]
    public async Task Health_follows_the_server()
    {
        _builder.Configuration["ConnectionStrings:nobody"] = $"127.0.0.1:{ServerProcess.FreePort()},connectTimeout=200,connectRetry=1";
        _builder.AddRedisClient("cache");
        _builder.AddKeyedRedisClient("nobody");
        using var host = _builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["StackExchange.Redis"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["StackExchange.Redis_nobody"].Status);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task The_host_connects_at_its_start_only_when_asked_to(bool disableAutoActivation, int connections)
    {
        var configured = 0;
        _builder.AddRedisClient("cache", settings => settings.DisableAutoActivation = disableAutoActivation, _ => configured++);
        using var host = _builder.Build();

        await host.StartAsync();

        Assert.Equal(connections, configured);
    }

    private static HostApplicationBuilder Application(string connectionName, string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"ConnectionStrings:{connectionName}"] = connectionString;
        return builder;
    }
}
