using System.Net;
using System.Text;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>The servers of a tenant: answer as the test says, at once or when it lets them.</summary>
internal sealed class FakeWeb : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _held = NewSource();
    private TaskCompletionSource _released = NewSource();

    /// <summary>Each as "METHOD url body", with its headers.</summary>
    public List<(string Line, string IdempotencyKey, string Key)> Requests { get; } = [];

    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => Text("fine");

    /// <summary>Requests get no answer before <see cref="Release"/>.</summary>
    public bool IsHolding { get; set; }

    /// <summary>Complete while a request waits for <see cref="Release"/>.</summary>
    public Task Held
    {
        get
        {
            lock (_lock)
                return _held.Task;
        }
    }

    public static HttpResponseMessage Text(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text) };

    public void Release()
    {
        IsHolding = false;
        LetGo(waiting => waiting.TrySetResult());
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        Requests.Add((
            $"{request.Method} {request.RequestUri!.AbsoluteUri} {body}".TrimEnd(), Header(request, "Idempotency-Key"), Header(request, "X-Key")));
        if (IsHolding)
            await HoldAsync(cancellationToken);
        return Answer(request);
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        // At once, on whatever thread cancels: the test's clock must not run on before.
        await using var given = cancellationToken.Register(() => LetGo(waiting => waiting.TrySetCanceled(cancellationToken)));
        Task released;
        lock (_lock)
        {
            released = _released.Task;
            _held.TrySetResult();
        }

        await released;
    }

    private void LetGo(Action<TaskCompletionSource> how)
    {
        TaskCompletionSource released;
        lock (_lock)
        {
            _held = NewSource();
            (released, _released) = (_released, NewSource());
        }

        how(released);
    }

    private static string Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
