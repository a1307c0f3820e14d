using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>Whoever is called sees a number of the tenant's account, and no other.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class FromNumberTests(CallsUnderTest calls) : IDisposable
{
    private readonly Placing _placing = new(calls);

    public void Dispose() => _placing.Dispose();

    [Fact]
    public async Task A_number_has_to_be_the_account_s()
    {
        calls.Twilio.Open(_placing.Tenant).Numbers.Add(new("+15551110000"));

        using var others = await _placing.PostAsync(_placing.Body(("from_number", "+15552220000")));
        await _placing.PlaceAsync(("from_number", "+15551110000"));

        Assert.Equal("from_number_not_owned", await others.CodeAsync());
        Assert.Equal("+15551110000", (await _placing.DialledAsync()).Form["From"]);
    }

    [Fact]
    public async Task A_longer_number_that_holds_it_is_another()
    {
        calls.Twilio.Open(_placing.Tenant).Numbers.AddRange([new("+155511100009"), new("+15551110000")]);

        await _placing.PlaceAsync(("from_number", "+15551110000"));
    }

    [Fact]
    public async Task One_that_the_account_has_verified_is_shown_too()
    {
        calls.Twilio.Open(_placing.Tenant).CallerIds.AddRange(["+155533300001", "+15553330000"]);

        await _placing.PlaceAsync(("from_number", "+15553330000"));
    }

    [Fact]
    public async Task So_has_the_one_that_its_deployment_names()
    {
        calls.Twilio.Open(_placing.Tenant).Numbers.Add(new("+15551110000"));

        using var answer = await _placing.PostAsync(_placing.Body());

        Assert.Equal("from_number_not_owned", await answer.CodeAsync());
    }

    [Fact]
    public async Task A_Twilio_that_could_not_be_asked_is_not_asked_again_at_each_call()
    {
        await _placing.PlaceAsync();
        calls.Twilio.Open(_placing.Tenant);
        await _placing.PlaceAsync();
        calls.Clock.Advance(TimeSpan.FromSeconds(11));

        using var later = await _placing.PostAsync(_placing.Body());
        Assert.Equal("from_number_not_owned", await later.CodeAsync());
    }
}
