using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>The assistant's mouth: says one thing at a time, and stops when it is told to.</summary>
internal sealed class Assistant(
    AnswerPipeline pipeline, ToolBox tools, PlayoutQueue playout, TimeProvider clock, Action<SessionEvent> post) : IAsyncDisposable
{
    private CancellationTokenSource _speaking = new();
    private AssistantTurn? _stopped;
    private int _turns;

    /// <summary>Ends when everything that it says now waits to be played.</summary>
    public Task Planning { get; private set; } = Task.CompletedTask;

    /// <summary>Ends when everything that it said before it had tools called waits to be played.</summary>
    public Task Speaking { get; private set; } = Task.CompletedTask;

    /// <summary>What it is saying or about to say; null: the caller has heard everything.</summary>
    public AssistantTurn? Turn { get; private set; }

    /// <summary>What it would say if the caller has finished; nothing of it is heard before that is known.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>Says what is known beforehand.</summary>
    public void Say(string text, bool isInterruptible, Departure? thenEnd)
    {
        var turn = Begin(new AssistantTurn(playout.Generation) { IsInterruptible = isInterruptible, ThenEnd = thenEnd });
        Planning = RunAsync(turn, cancellationToken => pipeline.SayAsync(turn, text, cancellationToken));
    }

    /// <summary>Answers the caller.</summary>
    public void Answer(IReadOnlyList<ChatMessage> conversation, bool isInterruptible, Question? question)
    {
        var turn = Begin(new AssistantTurn(playout.Generation)
        {
            IsInterruptible = isInterruptible, IsAnswer = true, Question = question, Waterfall = new Waterfall(clock),
        });
        Planning = Plan(turn, conversation);
    }

    /// <summary>Has tools do what the model wants, while what it said before is spoken.</summary>
    public void Use(AssistantTurn turn, IReadOnlyList<LanguageModelToken.ToolCall> calls) => Continue(turn, async (speaking, cancellationToken) =>
    {
        var results = await Task.WhenAll(calls.Select(call => tools.RunAsync(call, cancellationToken)));
        post(new SessionEvent.ToolsAnswered(turn, results));
        await speaking;
    });

    /// <summary>Answers on, after tools have been called.</summary>
    public void GoOn(AssistantTurn turn, IReadOnlyList<ChatMessage> conversation) => Continue(turn, async (speaking, cancellationToken) =>
    {
        await speaking;
        await AnswerAsync(turn, conversation, cancellationToken);
    });

    /// <summary>Says nothing more in this turn.</summary>
    public void Conclude(AssistantTurn turn) => Continue(turn, async (speaking, cancellationToken) =>
    {
        await speaking;
        await pipeline.EndAsync(turn, cancellationToken);
    });

    /// <summary>Thinks of an answer to what the caller has probably finished saying.</summary>
    public void ThinkAhead(IReadOnlyList<ChatMessage> conversation, string words)
    {
        Discard();
        var draft = new Draft(Begin(new AssistantTurn(playout.Generation) { IsAnswer = true, Waterfall = new Waterfall(clock) }), words);
        (Draft, Turn) = (draft, null);
        Hold();
        Planning = Plan(draft.Turn, conversation);
    }

    /// <summary>Says what it has thought of.</summary>
    /// <returns>What the model has given besides words.</returns>
    public IReadOnlyList<LanguageModelToken> Adopt(Draft draft, Question question)
    {
        (Draft, Turn) = (null, draft.Turn);
        draft.Turn.Question = question;
        Resume();
        return draft.Tokens;
    }

    /// <summary>Forgets what it has thought of.</summary>
    public void Discard()
    {
        if (Draft is null)
            return;

        _speaking.Cancel();
        playout.Drop();
        Draft = null;
    }

    /// <summary>The caller may want to speak: is silent, and goes on thinking.</summary>
    public void Hold() => playout.Hold();

    /// <summary>It was nothing: goes on from the last quiet place.</summary>
    public void Resume() => playout.Resume();

    /// <summary>Stops model and voice, and takes back what has not been heard.</summary>
    public void Stop()
    {
        Discard();
        if (Turn is null)
            return;

        _speaking.Cancel();
        playout.Clear();
        (_stopped, Turn) = (Turn, null);
    }

    /// <summary>It was heard to its end.</summary>
    public bool Finish(AssistantTurn turn)
    {
        if (!ReferenceEquals(Turn, turn))
            return false;
        Turn = null;
        return true;
    }

    /// <summary>What it was saying when it was stopped, once: then it is known how much of it was heard.</summary>
    public AssistantTurn? TakeStopped()
    {
        var stopped = _stopped;
        _stopped = null;
        return stopped;
    }

    public async ValueTask DisposeAsync()
    {
        await _speaking.CancelAsync();
        await Planning;
        _speaking.Dispose();
    }

    private Task Plan(AssistantTurn turn, IReadOnlyList<ChatMessage> conversation) =>
        RunAsync(turn, cancellationToken => AnswerAsync(turn, conversation, cancellationToken));

    private Task AnswerAsync(AssistantTurn turn, IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken) =>
        pipeline.AnswerAsync(
            turn, conversation, token => post(new SessionEvent.TokenCame(turn, token)),
            (said, calls) => post(new SessionEvent.ToolsCalled(turn, said, calls)), cancellationToken);

    private void Continue(AssistantTurn turn, Func<Task, CancellationToken, Task> speak)
    {
        var speaking = Speaking = Planning;
        Planning = RunAsync(turn, cancellationToken => speak(speaking, cancellationToken));
    }

    private AssistantTurn Begin(AssistantTurn turn)
    {
        turn.Number = ++_turns;
        _speaking = new CancellationTokenSource();
        Resume();
        return Turn = turn;
    }

    private async Task RunAsync(AssistantTurn turn, Func<CancellationToken, Task> speak)
    {
        var cancellationToken = _speaking.Token;
        try
        {
            // Off the session's loop: an engine may compute before it first awaits.
            await Task.Run(() => speak(cancellationToken), cancellationToken);
        }
        catch (SpeechProviderException exception)
        {
            post(new SessionEvent.ProviderFailed(turn, exception));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller interrupts, or the call is over.
        }
        catch (Exception exception)
        {
            post(new SessionEvent.ProviderFailed(turn, new SpeechProviderException("A speech provider failed in a way that nobody expected.", exception)));
        }
    }
}
