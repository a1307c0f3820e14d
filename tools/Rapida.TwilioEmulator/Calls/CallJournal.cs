using System.Runtime.CompilerServices;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>Everything that happened in one call, in order; may be read while it grows.</summary>
internal sealed class CallJournal(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<CallEvent> _events = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _complete;

    public bool IsComplete
    {
        get
        {
            lock (_lock)
                return _complete;
        }
    }

    public void Add(CallEvent happened)
    {
        lock (_lock)
        {
            _events.Add(happened with { Id = _events.Count + 1, At = clock.GetUtcNow() });
            Wake();
        }
    }

    public void Warn(int code, string message, int atMs = 0) => Add(new CallEvent("warning") { Code = code, Message = message, AtMs = atMs });

    /// <summary>Nothing more will happen; readers come to their end.</summary>
    public void Complete(CallEvent last)
    {
        lock (_lock)
        {
            _events.Add(last with { Id = _events.Count + 1, At = clock.GetUtcNow() });
            _complete = true;
            Wake();
        }
    }

    public IReadOnlyList<CallEvent> Events()
    {
        lock (_lock)
            return [.. _events];
    }

    /// <summary>All events after the given one, those to come included, until the call is over.</summary>
    public async IAsyncEnumerable<CallEvent> FollowAsync(int afterId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = afterId; ;)
        {
            CallEvent[] news;
            Task grown;
            bool complete;
            lock (_lock)
            {
                news = [.. _events.Skip(next)];
                (grown, complete) = (_grown.Task, _complete);
            }

            foreach (var happened in news)
                yield return happened;
            next += news.Length;
            if (complete)
                yield break;
            await grown.WaitAsync(cancellationToken);
        }
    }

    private void Wake()
    {
        var grown = _grown;
        _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        grown.SetResult();
    }
}
