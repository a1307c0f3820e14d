using Rapida.ServiceDefaults.Resilience;

namespace ServiceDefaults.Tests;

public sealed class SingleFlightTests
{
    private readonly SingleFlight<string, int> _flights = new();
    private readonly TaskCompletionSource<int> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    [Fact]
    public async Task Whoever_asks_while_the_question_is_under_way_gets_its_answer()
    {
        var waiting = Enumerable.Range(0, 20).Select(_ => AskAsync("a")).ToList();
        _answer.SetResult(7);

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(7, answer));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Another_key_is_another_question()
    {
        _answer.SetResult(7);

        await AskAsync("a");
        await AskAsync("b");

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task It_is_asked_anew_once_it_is_answered()
    {
        _answer.SetResult(7);

        await AskAsync("a");
        await AskAsync("a");

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_failure_is_everybody_s_and_is_not_remembered()
    {
        var waiting = new[] { AskAsync("a"), AskAsync("a") };
        _answer.SetException(new TimeoutException());
        foreach (var one in waiting)
            await Assert.ThrowsAsync<TimeoutException>(() => one);

        Assert.Equal(8, await _flights.AskAsync("a", () => Task.FromResult(8), CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_gives_up_does_not_take_the_answer_from_the_others()
    {
        using var impatience = new CancellationTokenSource();
        var (impatient, patient) = (AskAsync("a", impatience.Token), AskAsync("a"));

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _answer.SetResult(7);

        Assert.Equal(7, await patient);
    }

    private Task<int> AskAsync(string key, CancellationToken cancellationToken = default) => _flights.AskAsync(
        key,
        () =>
        {
            Interlocked.Increment(ref _asked);
            return _answer.Task;
        },
        cancellationToken);
}
