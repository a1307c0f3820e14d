using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Tests;

public sealed class RetryRulesTests
{
    [Fact]
    public void Without_a_fragment_only_a_failed_connection_is_retried_and_only_once()
    {
        var rules = RetryRules.Parse(null, out var invalid);

        Assert.Equal(RetryRules.Default, rules);
        Assert.Equal((1, FailureKind.Connect, TimeSpan.FromSeconds(15)), (rules.Retries, rules.On, rules.Total));
        Assert.False(invalid);
    }

    [Fact]
    public void A_fragment_overrides_what_it_names()
    {
        var rules = RetryRules.Parse("rc=3&rp=ct,rt,5xx&rt=4000", out var invalid);

        var expected = RetryRules.Default with
        {
            Retries = 3,
            On = FailureKind.Connect | FailureKind.Read | FailureKind.ServerError,
            Read = TimeSpan.FromSeconds(4),
        };
        Assert.Equal(expected, rules);
        Assert.False(invalid);
    }

    [Theory]
    [InlineData("rc=6")]
    [InlineData("rp=3xx")]
    [InlineData("rt=15001")]
    [InlineData("ct=fast")]
    [InlineData("section-2")]
    public void What_is_out_of_range_is_reported_and_changes_nothing(string fragment)
    {
        var rules = RetryRules.Parse(fragment, out var invalid);

        Assert.True(invalid);
        Assert.Equal(RetryRules.Default, rules);
    }
}
