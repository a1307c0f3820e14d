using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using MassTransit;
using Rapida.Contracts.Events;

namespace Events.Tests;

/// <summary>What the consumers of one instance heard of one project; what else is left over on the broker is not the test's.</summary>
internal sealed class Ears
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();

    public Guid Project { get; init; } = Guid.CreateVersion7();

    /// <summary>Every delivery begins here, also one that will fail or is a repetition.</summary>
    public Func<Heard, Task> OnDelivery { get; init; } = _ => Task.CompletedTask;

    /// <summary>Runs inside the consumer's transaction, after its change.</summary>
    public Action<Heard> InTransaction { get; init; } = _ => { };

    public ConcurrentQueue<Heard> Deliveries { get; } = new();

    public bool AreEmpty => _heard.Reader.Count == 0;

    /// <summary>The next delivery that was dealt with, be it by passing over it.</summary>
    public Task<Heard> NextAsync() => _heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<List<Heard>> NextAsync(int count)
    {
        var heard = new List<Heard>();
        while (heard.Count < count)
            heard.Add(await NextAsync());
        return heard;
    }

    public void Note(Heard heard) => _heard.Writer.TryWrite(heard);
}

/// <summary>One delivery.</summary>
internal sealed record Heard(Guid MessageId, long Sequence, ActivityTraceId? Trace)
{
    public static Heard Of<T>(ConsumeContext<T> context)
        where T : class, IBusinessEvent => new(context.MessageId!.Value, context.Message.Sequence, Activity.Current?.TraceId);
}
