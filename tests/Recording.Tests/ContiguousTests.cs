using FsCheck;
using FsCheck.Fluent;
using Rapida.Recording.Journal;

namespace Recording.Tests;

public sealed class ContiguousTests
{
    [Fact]
    public void It_is_one_less_than_the_first_number_that_is_missing() => Prop.ForAll(Numbers, numbers =>
    {
        var contiguous = new Contiguous(10);
        var seen = new HashSet<int>(Enumerable.Range(1, 10));
        foreach (var number in numbers)
        {
            if (contiguous.Add(number) != seen.Add(number))
                return false;
            var missing = Enumerable.Range(1, 100).First(candidate => !seen.Contains(candidate));
            if (contiguous.Through != missing - 1)
                return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Behind_a_gap_it_takes_a_thousand()
    {
        var contiguous = new Contiguous(0);

        Assert.All(Enumerable.Range(2, 1_000), number => Assert.True(contiguous.Add(number)));
        Assert.False(contiguous.Add(1_002));
        Assert.True(contiguous.Add(1));

        Assert.Equal(1_001, contiguous.Through);
    }

    private static Arbitrary<int[]> Numbers => Gen.Choose(1, 40).ArrayOf().ToArbitrary();
}
