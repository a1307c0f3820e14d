using System.Text.Json;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Outbound;
using PlacedCall = Rapida.TwilioEmulator.Calls.Call;

namespace Rapida.TwilioEmulator.Tests;

public sealed class PriceTests
{
    private readonly StandingClock _clock = new();

    [Theory]
    [InlineData(1, "-0.01400")]
    [InlineData(60, "-0.01400")]
    [InlineData(61, "-0.02800")]
    public async Task The_price_is_negative_counts_minutes_and_comes_a_while_after_the_end(int seconds, string price)
    {
        await using var call = Place();
        call.TryMoveTo(CallStatus.Ringing);
        call.Answer();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        call.End(CallStatus.Completed);

        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Null(Price(call));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(price, Price(call));

        var resource = JsonSerializer.SerializeToElement(CallResource.Of(call, _clock.GetUtcNow()));
        Assert.Empty(new OpenApi().Problems("get", "/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json", 200, resource));
    }

    [Fact]
    public async Task Nobody_pays_for_a_call_that_was_not_answered()
    {
        await using var call = Place();
        call.TryMoveTo(CallStatus.Ringing);
        call.End(CallStatus.Busy);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(Price(call));
    }

    private string? Price(PlacedCall call) => CallResource.Of(call, _clock.GetUtcNow())["price"]?.GetValue<string>();

    private PlacedCall Place()
    {
        var account = new Accounts.Account(EmulatorUnderTest.AccountSid, "", "", EmulatorUnderTest.AccountSid, _clock.GetUtcNow());
        var order = new CallOrder("+13125550188", EmulatorUnderTest.Number, EmulatorUnderTest.NumberSid, new DocumentSource.Inline("<Response/>"))
        {
            Events = new HashSet<ProgressEvent>(),
            Timeout = TimeSpan.FromSeconds(60),
            TimeLimit = TimeSpan.FromHours(4),
        };
        var plan = CallPlan.For(order, Callee.Quiet, new CarrierBehaviour(true, AbnormalClose.AsNormal, false), new CalleeDirectory(Options.Create(new EmulatorOptions())));
        return new PlacedCall(account, plan, _clock);
    }

    /// <summary>Stands still until it is moved. Its timers are real ones; none is due here.</summary>
    private sealed class StandingClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
