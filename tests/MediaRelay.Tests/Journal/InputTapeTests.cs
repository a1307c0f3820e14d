using Rapida.Conversations.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;
using SessionInput = Rapida.MediaRelay.Sessions.SessionInput;

namespace Rapida.MediaRelay.Tests.Journal;

public sealed class InputTapeTests
{
    [Fact]
    public void What_comes_without_frames_is_passed_on_in_messages_that_Recording_takes()
    {
        var batches = new List<SessionInputs>();
        var tape = new InputTape(batches.Add);

        for (var number = 1; number <= 100_000; number++)
            tape.Took(new SessionInput { Kind = InputKind.Returned, Mark = new Mark(1, number) });
        tape.Flush();

        Assert.All(batches, batch => Assert.InRange(batch.CalculateSize(), 1, 64 * 1024));
        Assert.Equal(Enumerable.Range(1, 100_000), batches.SelectMany(batch => batch.Inputs).Select(input => input.Returned.Number));
        Assert.Equal(batches.Select((_, index) => 500L * index), batches.Select(batch => batch.First));
    }
}
