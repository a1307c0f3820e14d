using Rapida.MediaRelay.Pipeline;
using Rapida.Speech;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Pipeline;

public sealed class PatienceTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource<int> _next = new();
    private readonly Patience _patience;

    public PatienceTests() => _patience = new Patience(TimeSpan.FromSeconds(10), _clock);

    [Fact]
    public async Task A_provider_that_is_silent_for_too_long_has_failed()
    {
        var reading = ReadAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<SpeechProviderException>(() => reading);
    }

    [Fact]
    public async Task Each_piece_may_take_its_time()
    {
        var reading = ReadAsync();
        _clock.Advance(TimeSpan.FromSeconds(9));
        _next.SetResult(2);

        Assert.Equal([1, 2], await reading);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_failure()
    {
        var waiting = _patience.WaitForAsync(_next.Task, "slow", CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<SpeechProviderException>(() => waiting);
    }

    private async Task<List<int>> ReadAsync()
    {
        var read = new List<int>();
        await foreach (var item in _patience.WaitForEachAsync(SlowAsync(CancellationToken.None), "slow", CancellationToken.None))
            read.Add(item);
        return read;
    }

    private async IAsyncEnumerable<int> SlowAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return 1;
        yield return await _next.Task.WaitAsync(cancellationToken);
    }
}
