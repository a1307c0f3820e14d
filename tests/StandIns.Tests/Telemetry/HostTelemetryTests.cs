using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Xunit;

namespace StandIns.Tests.Telemetry;

public sealed partial class HostTelemetryTests
{
    // Longer than any test: what arrives was flushed, and not sent because the time had come.
    private const int Hour = 3_600_000;

    private readonly string _name = $"telemetry-{Guid.NewGuid():n}";

    [Fact]
    public async Task Spans_are_flushed_when_the_host_is_disposed()
    {
        var exporter = new RecordingExporter<Activity>();
        using var source = new ActivitySource(_name);
        using (var host = Build(telemetry => telemetry
            .ConfigureResource(resource => resource.AddService("vault"))
            .WithTracing(tracing => tracing
                .AddSource(_name)
                .AddProcessor(new BatchActivityExportProcessor(exporter, scheduledDelayMilliseconds: Hour)))))
        {
            await host.StartAsync();
            source.StartActivity("reveal")!.Dispose();
            Assert.Empty(exporter.Exported);
            await host.StopAsync();
        }

        Assert.Equal("reveal", Assert.Single(exporter.Exported).OperationName);
        Assert.Contains(new KeyValuePair<string, object>("service.name", "vault"), exporter.Resource!.Attributes);
    }

    [Fact]
    public async Task Measurements_are_flushed_when_the_host_is_disposed()
    {
        var exporter = new RecordingExporter<Metric>();
        using var meter = new Meter(_name);
        using (var host = Build(telemetry => telemetry.WithMetrics(metrics => metrics
            .AddMeter(_name)
            .AddReader(new PeriodicExportingMetricReader(exporter, exportIntervalMilliseconds: Hour)))))
        {
            await host.StartAsync();
            meter.CreateCounter<int>("calls").Add(1);
            await host.StopAsync();
        }

        Assert.Equal("calls", Assert.Single(exporter.Exported).Name);
    }

    [Fact]
    public async Task Measurements_of_meters_made_by_the_hosts_factory_are_collected()
    {
        var exporter = new RecordingExporter<Metric>();
        using (var host = Build(telemetry => telemetry.WithMetrics(metrics => metrics
            .AddMeter(_name)
            .AddReader(new PeriodicExportingMetricReader(exporter, exportIntervalMilliseconds: Hour)))))
        {
            await host.StartAsync();
            host.Services.GetRequiredService<IMeterFactory>().Create(_name).CreateCounter<int>("calls").Add(1);
            await host.StopAsync();
        }

        Assert.Equal("calls", Assert.Single(exporter.Exported).Name);
    }

    [Fact]
    public async Task Instruments_can_be_chosen_by_configuration()
    {
        var exporter = new RecordingExporter<Metric>();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"Metrics:OpenTelemetry:EnabledMetrics:{_name}"] = "true";
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddReader(new PeriodicExportingMetricReader(exporter, exportIntervalMilliseconds: Hour)));
        using (var host = builder.Build())
        {
            await host.StartAsync();
            host.Services.GetRequiredService<IMeterFactory>().Create(_name).CreateCounter<int>("calls").Add(1);
            await host.StopAsync();
        }

        Assert.Contains(exporter.Exported, metric => metric.Name == "calls");
    }

    [Fact]
    public async Task Log_records_reach_the_logger_provider()
    {
        var records = new RecordingLogProcessor();
        using var host = Build(telemetry => telemetry.WithLogging(
            logging => logging.AddProcessor(records), options => options.IncludeFormattedMessage = true));
        await host.StartAsync();

        Answered(host.Services.GetRequiredService<ILogger<HostTelemetryTests>>(), "CA1");

        Assert.Contains("Call CA1 answered", records.Messages);
    }

    [Fact]
    public async Task Listening_begins_with_the_start_of_the_host()
    {
        using var source = new ActivitySource(_name);
        using var host = Build(telemetry => telemetry.WithTracing(tracing => tracing.AddSource(_name)));
        Assert.Null(source.StartActivity("before"));

        await host.StartAsync();

        using var activity = source.StartActivity("after");
        Assert.NotNull(activity);
    }

    [Fact]
    public async Task A_hosted_service_registered_earlier_is_already_traced_in_its_start()
    {
        using var source = new ActivitySource(_name);
        var builder = Host.CreateApplicationBuilder();
        var starter = new StartsActivity(source);
        builder.Services.AddSingleton<IHostedService>(starter);
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(_name));
        using var host = builder.Build();

        await host.StartAsync();

        Assert.True(starter.WasTraced);
    }

    [Fact]
    public async Task Several_callers_share_one_provider()
    {
        using var first = new ActivitySource($"{_name}.first");
        using var second = new ActivitySource($"{_name}.second");
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(first.Name));
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(second.Name));
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Single(host.Services.GetServices<TracerProvider>());
        Assert.True(first.HasListeners() && second.HasListeners());
    }

    private static IHost Build(Action<OpenTelemetryBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder.Services.AddOpenTelemetry());
        return builder.Build();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallSid} answered")]
    private static partial void Answered(ILogger logger, string callSid);
}
