using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;

namespace Rapida.MediaRelay.Sessions;

/// <summary>What the model has tools do, in the middle of its turn.</summary>
internal sealed partial class Conversation
{
    private const string NotCalled = "Too many tools were called for one answer: this one was not.";
    private const string CutOff = "The caller interrupted before there was a result. Whether it was done is not known.";

    private void CallTools(SessionEvent.ToolsCalled called)
    {
        var turn = called.Turn;
        var isAllowed = turn.Tools.IsAllowed;
        foreach (var call in called.Calls)
            journal.ToolStarted(call.Id, call.Name, call.ArgumentsJson);
        turn.Tools.Begin(called.Said, called.Calls);
        if (isAllowed)
        {
            assistant.Use(turn, called.Calls);
            return;
        }

        EndTools(turn, [.. called.Calls.Select(_ => ToolResult.Failed(NotCalled))]);
        assistant.Conclude(turn);
    }

    /// <summary>The session is left when what was said before has been heard; else the model answers again, and knows the results.</summary>
    private void TakeResults(AssistantTurn turn, IReadOnlyList<ToolResult> results)
    {
        EndTools(turn, results);
        turn.ThenEnd = results.Select(result => result.Departure).FirstOrDefault(departure => departure is not null);
        if (turn.ThenEnd is null)
            assistant.GoOn(turn, [.. _history.Snapshot(), .. turn.Tools.Exchange]);
        else
            assistant.Conclude(turn);
    }

    /// <summary>The turn is over, and what it waited for is of no use any more.</summary>
    private void CutOffTools(AssistantTurn turn) => EndTools(turn, [.. turn.Tools.Running.Select(_ => ToolResult.Failed(CutOff))]);

    private void EndTools(AssistantTurn turn, IReadOnlyList<ToolResult> results)
    {
        foreach (var (call, result) in turn.Tools.Running.Zip(results))
            journal.ToolFinished(call.Id, result.Succeeded, result.Text);
        turn.Tools.End(results.Select(result => result.Text));
    }
}
