using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Rapida.ServiceDefaults.Access;

namespace ServiceDefaults.Tests;

public sealed class ContextIdTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private static readonly Arbitrary<byte[]> Keys = Arb.From(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(32));

    [Fact]
    public void A_new_id_is_genuine_under_its_key_and_fits_into_a_url() => Prop.ForAll(Keys, key =>
    {
        var id = ContextId.New(key);
        return ContextId.IsGenuine(key, id) && id.Length == 32 && id.All(Alphabet.Contains);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_of_another_key_is_not_genuine() =>
        Prop.ForAll(Keys, other => !ContextId.IsGenuine(Key, ContextId.New(other))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_with_another_letter_anywhere_is_not_genuine() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 31)), Arb.From(Gen.Choose(1, 63)), (place, distance) =>
        {
            var id = ContextId.New(Key).ToCharArray();
            id[place] = Alphabet[(Alphabet.IndexOf(id[place]) + distance) % Alphabet.Length];
            return !ContextId.IsGenuine(Key, new(id));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_is_genuine_by_chance_and_none_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => !ContextId.IsGenuine(Key, text.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_of_the_right_length_is_genuine_by_chance_and_none_throws() =>
        Prop.ForAll(
            Arb.From(Gen.Choose(0, 0x2FF).Select(value => (char)value).ArrayOf(32)),
            letters => !ContextId.IsGenuine(Key, new(letters))).QuickCheckThrowOnFailure();
}
