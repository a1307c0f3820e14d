using FsCheck;
using FsCheck.Fluent;
using Rapida.CallControl.Calls;

namespace CallControl.Tests;

public sealed class CallStatusTests
{
    private static readonly Arbitrary<CallStatus> Any = Gen.Elements(Enum.GetValues<CallStatus>()).ToArbitrary();

    [Fact]
    public void Whatever_comes_in_whatever_order_a_call_only_goes_forward_and_ends_once() =>
        Prop.ForAll(Gen.ListOf(Any.Generator).ToArbitrary(), words =>
        {
            var (status, ends) = (CallStatus.Queued, 0);
            foreach (var word in words.Where(word => CallStatuses.CanMove(status, word)))
            {
                if (word <= status)
                    return false;
                (status, ends) = (word, ends + (word.IsTerminal() ? 1 : 0));
            }

            return ends <= 1 && (ends == 1) == status.IsTerminal();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_terminal_call_never_moves() =>
        Prop.ForAll(Any, Any, (from, to) => !from.IsTerminal() || !CallStatuses.CanMove(from, to)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_status_is_read_as_it_is_spelt() =>
        Prop.ForAll(Any, status => CallStatuses.Parse(status.Word()) == status).QuickCheckThrowOnFailure();
}
