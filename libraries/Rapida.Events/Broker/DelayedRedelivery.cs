using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Rapida.Events.Broker;

/// <summary>
/// A message that failed its retries is parked, and comes again later: its raw body goes to the queue <c>&lt;endpoint&gt;_delay_&lt;ms&gt;</c>,
/// whose time to live dead-letters it back to the endpoint. (The delayed-message exchange is a plug-in that few brokers have.) When all
/// delays are used up it goes to the error queue.
/// </summary>
internal sealed class DelayedRedelivery(
    string endpoint, IReadOnlyList<TimeSpan> delays, ParkingConnection parking, ILogger<DelayedRedelivery> logger)
    : IFilter<ExceptionReceiveContext>
{
    private const string AttemptHeader = "rapida-redelivery";

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var attempt = context.TransportHeaders.Get<int>(AttemptHeader) ?? 0;
        if (attempt >= delays.Count)
        {
            logger.GivenUp(context.Exception, endpoint);
            await next.Send(context);
            return;
        }

        await ParkAsync(context, delays[attempt], attempt + 1);
        logger.ComesAgain(endpoint, context.Exception.GetType().Name, delays[attempt]);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("delayedRedelivery");

    private async Task ParkAsync(ExceptionReceiveContext context, TimeSpan delay, int attempt)
    {
        var queue = $"{endpoint}_delay_{delay.TotalMilliseconds:0}";
        // Confirmed before the original is acknowledged: a crash in between delivers it twice, never not at all.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var connection = await parking.OpenAsync(context.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(options, context.CancellationToken);
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-message-ttl"] = (long)delay.TotalMilliseconds,
                ["x-dead-letter-exchange"] = endpoint,
                // Quorum queues dead-letter at least once only in this combination.
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
            },
            cancellationToken: context.CancellationToken);

        // As it came, but for what the broker noted on it (x-death, …).
        var original = context.GetPayload<RabbitMqBasicConsumeContext>().Properties;
        var headers = (original.Headers ?? new Dictionary<string, object?>())
            .Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        headers[AttemptHeader] = attempt;
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = original.ContentType,
            MessageId = original.MessageId,
            CorrelationId = original.CorrelationId,
            Headers = headers,
        };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, context.GetBody(), context.CancellationToken);
    }
}
