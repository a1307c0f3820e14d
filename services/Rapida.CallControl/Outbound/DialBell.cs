using System.Threading.Channels;

namespace Rapida.CallControl.Outbound;

/// <summary>Wakes this instance's dialler when there may be something to dial. Other instances look by themselves.</summary>
internal sealed class DialBell
{
    // One ring is as good as many.
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Until somebody rings, or for <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ring = _rings.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(ring, Task.Delay(most, clock, either.Token));
        await either.CancelAsync();
        await ring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rings.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
