using FsCheck;
using FsCheck.Fluent;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.Tests;

public sealed class ApiKeyTextTests
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";

    [Fact]
    public void A_generated_key_is_read_back()
    {
        var key = ApiKeyText.Generate();

        Assert.True(ApiKeyText.TryParse(key.Reveal(), out var read));
        Assert.Equal(key.LookupId, read.LookupId);
        Assert.Matches("^rpd-[0-9A-Za-z]{12}-[0-9A-Za-z]{38}$", key.Reveal());
    }

    [Fact]
    public void A_key_does_not_print_itself()
    {
        var key = ApiKeyText.Generate();

        Assert.Equal($"rpd-{key.LookupId}-…", $"{key}");
    }

    [Fact]
    public void One_wrong_letter_is_noticed() =>
        Prop.ForAll((NonNegativeInt place, NonNegativeInt letter) =>
        {
            var text = ApiKeyText.Generate().Reveal().ToCharArray();
            var wrong = Letters[letter.Get % Letters.Length];
            ref var changed = ref text[place.Get % text.Length];
            if (changed == wrong)
                return;
            changed = wrong;
            Assert.False(ApiKeyText.TryParse(new(text), out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cut_or_longer_key_is_noticed() =>
        Prop.ForAll((NonNegativeInt length, NonEmptyString tail) =>
        {
            var text = ApiKeyText.Generate().Reveal();
            Assert.False(ApiKeyText.TryParse(text[..(length.Get % text.Length)], out _));
            Assert.False(ApiKeyText.TryParse(text + tail.Get, out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_or_refused_and_never_breaks_anything() =>
        Prop.ForAll((string? text) => !ApiKeyText.TryParse(text, out _)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("rpd-ÄÄÄÄÄÄÄÄÄÄÄÄ-00000000000000000000000000000000000000")]
    [InlineData("rpd-000000000000-€0000000000000000000000000000000000000")]
    [InlineData("rpd-xxx-your-key")]
    public void Letters_from_elsewhere_are_refused(string text) => Assert.False(ApiKeyText.TryParse(text, out _));
}
