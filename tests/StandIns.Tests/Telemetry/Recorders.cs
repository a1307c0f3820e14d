using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace StandIns.Tests.Telemetry;

internal sealed class RecordingExporter<T> : BaseExporter<T> where T : class
{
    public ConcurrentQueue<T> Exported { get; } = [];

    public Resource? Resource { get; private set; }

    public override ExportResult Export(in Batch<T> batch)
    {
        Resource = ParentProvider?.GetResource();
        foreach (var item in batch)
            Exported.Enqueue(item);
        return ExportResult.Success;
    }
}

/// <summary>Keeps the text only: a log record is pooled and belongs to the provider after OnEnd.</summary>
internal sealed class RecordingLogProcessor : BaseProcessor<LogRecord>
{
    public ConcurrentQueue<string?> Messages { get; } = [];

    public override void OnEnd(LogRecord data) => Messages.Enqueue(data.FormattedMessage);
}

internal sealed class StartsActivity(ActivitySource source) : IHostedService
{
    public bool WasTraced { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var activity = source.StartActivity("starting");
        WasTraced = activity is not null;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
