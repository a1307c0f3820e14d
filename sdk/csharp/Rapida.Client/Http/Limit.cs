namespace Rapida.Client.Http;

/// <summary>The time that an attempt has, unless the caller ends it before.</summary>
internal sealed class Limit : IDisposable
{
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    public Limit(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        _time = time;
        _late = new(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Something came: it has all its time again.</summary>
    public void Begin() => _late.CancelAfter(_time);

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
