using FsCheck;
using FsCheck.Fluent;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Tests;

public sealed class PlayoutTests
{
    [Fact]
    public void Bytes_come_out_in_order_however_they_came_in_and_then_silence() => Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), chunks =>
    {
        var playout = new Playout();
        foreach (var chunk in chunks)
            playout.TryAdd(chunk);
        var all = chunks.SelectMany(c => c).ToArray();

        var heard = new byte[(all.Length / Frame.Bytes + 2) * Frame.Bytes];
        for (var at = 0; at < heard.Length; at += Frame.Bytes)
            playout.Read(heard.AsSpan(at, Frame.Bytes));

        return heard.AsSpan(0, all.Length).SequenceEqual(all) && heard.Skip(all.Length).All(b => b == 0xFF);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mark_is_due_with_the_frame_that_plays_the_last_byte_before_it() => Prop.ForAll(Gen.Choose(1, 2_000).ToArbitrary(), length =>
    {
        var playout = new Playout();
        playout.TryAdd(new byte[length]);
        var atOnce = playout.AddMark("end");
        var frames = 0;
        var frame = new byte[Frame.Bytes];
        while (playout.TakeMarks().Count == 0)
        {
            playout.Read(frame);
            frames++;
        }
        return !atOnce && frames == (length + Frame.Bytes - 1) / Frame.Bytes;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_nothing_waiting_a_mark_is_due_at_once() => Assert.True(new Playout().AddMark("now"));

    [Fact]
    public void Clear_leaves_nothing_to_hear_and_what_comes_after_plays()
    {
        var playout = new Playout();
        playout.TryAdd([1, 2, 3]);
        playout.AddMark("a");
        playout.AddMark("b");

        var due = playout.Clear();
        playout.TryAdd([4]);

        var frame = new byte[Frame.Bytes];
        playout.Read(frame);
        Assert.Equal(["a", "b"], due);
        Assert.Equal([4, 0xFF], frame[..2]);
    }

    [Fact]
    public void Ten_minutes_fit_and_not_a_byte_more()
    {
        var playout = new Playout();

        Assert.True(playout.TryAdd(new byte[Playout.Capacity]));
        Assert.False(playout.TryAdd(new byte[1]));
    }
}
