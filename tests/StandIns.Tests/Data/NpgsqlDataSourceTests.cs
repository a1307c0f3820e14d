using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using StandIns.Tests.Telemetry;
using Xunit;

namespace StandIns.Tests.Data;

public sealed class NpgsqlDataSourceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private readonly HostApplicationBuilder _builder = Application("vault-db", server.ConnectionString);

    [Fact]
    public async Task The_data_source_reaches_the_server_that_the_connection_string_names()
    {
        _builder.AddNpgsqlDataSource("vault-db");
        using var host = _builder.Build();

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 6 * 7");

        Assert.Equal(42, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Connections_can_be_resolved_too()
    {
        _builder.AddNpgsqlDataSource("vault-db");
        using var host = _builder.Build();

        await using var connection = host.Services.GetRequiredService<DbConnection>();
        await connection.OpenAsync();

        Assert.Same(host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<DbDataSource>());
    }

    [Fact]
    public void A_missing_connection_string_is_named_when_the_data_source_is_resolved()
    {
        _builder.AddNpgsqlDataSource("calls-db");
        using var host = _builder.Build();

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<NpgsqlDataSource>);

        Assert.Contains("ConnectionStrings:calls-db", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_section_then_from_the_connections_own_section_then_from_the_caller()
    {
        _builder.Configuration["Aspire:Npgsql:DisableTracing"] = "true";
        _builder.Configuration["Aspire:Npgsql:vault-db:DisableMetrics"] = "true";
        global::Aspire.Npgsql.NpgsqlSettings? seen = null;
        _builder.AddNpgsqlDataSource("vault-db", settings => seen = settings, source => source.ConnectionStringBuilder.ApplicationName = "from the caller");
        using var host = _builder.Build();

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("show application_name");

        Assert.True(seen is { DisableTracing: true, DisableMetrics: true, DisableHealthChecks: false });
        Assert.Equal(server.ConnectionString, seen.ConnectionString);
        Assert.Equal("from the caller", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Keyed_data_sources_live_beside_each_other()
    {
        _builder.Configuration["ConnectionStrings:calls-db"] = server.ConnectionString + ";Application Name=calls";
        _builder.AddKeyedNpgsqlDataSource("vault-db");
        _builder.AddKeyedNpgsqlDataSource("calls-db");
        using var host = _builder.Build();

        await using var command = host.Services.GetRequiredKeyedService<NpgsqlDataSource>("calls-db").CreateCommand("show application_name");

        Assert.Equal("calls", await command.ExecuteScalarAsync());
        Assert.NotSame(
            host.Services.GetRequiredKeyedService<NpgsqlDataSource>("vault-db"),
            host.Services.GetRequiredKeyedService<NpgsqlDataSource>("calls-db"));
        Assert.Null(host.Services.GetService<NpgsqlDataSource>());
    }

    [Fact]
    public async Task Health_follows_the_server()
    {
        _builder.Configuration["ConnectionStrings:nobody"] = $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=postgres";
        _builder.AddNpgsqlDataSource("vault-db");
        _builder.AddKeyedNpgsqlDataSource("nobody");
        using var host = _builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["PostgreSql"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["PostgreSql_nobody"].Status);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Health_check_traces_and_metrics_can_be_left_out_each(bool withoutHealth, bool withoutTraces, bool withoutMetrics)
    {
        _builder.AddNpgsqlDataSource("vault-db", settings =>
            (settings.DisableHealthChecks, settings.DisableTracing, settings.DisableMetrics) = (withoutHealth, withoutTraces, withoutMetrics));
        using var host = _builder.Build();

        Assert.Equal(withoutHealth, host.Services.GetService<HealthCheckService>() is null);
        Assert.Equal(withoutTraces, host.Services.GetService<TracerProvider>() is null);
        Assert.Equal(withoutMetrics, host.Services.GetService<MeterProvider>() is null);
    }

    [Fact]
    public async Task Commands_are_traced()
    {
        var exporter = new RecordingExporter<Activity>();
        _builder.AddNpgsqlDataSource("vault-db");
        _builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(exporter)));
        using var host = _builder.Build();
        await host.StartAsync();

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 'traced'");
        await command.ExecuteScalarAsync();

        Assert.Contains(exporter.Exported, activity => activity.Source.Name == "Npgsql");
    }

    private static HostApplicationBuilder Application(string connectionName, string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"ConnectionStrings:{connectionName}"] = connectionString;
        return builder;
    }
}
