using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Rapida.Vault.Encryption;

namespace Rapida.Vault.Tests;

public sealed class EnvelopeTests
{
    private static readonly EnvelopeOwner Owner = new(Guid.NewGuid(), Guid.NewGuid(), "credential/twilio");
    private readonly EnvelopeEncryption _encryption = new(Ring("a", "a"));

    [Fact]
    public void What_is_sealed_opens_for_its_owner() =>
        Prop.ForAll((byte[] text, Guid id, NonNull<string> purpose) =>
        {
            var owner = new EnvelopeOwner(id, Guid.NewGuid(), purpose.Get);
            return _encryption.Open(_encryption.Seal(text, owner), owner).SequenceEqual(text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bit_that_changes_keeps_it_shut() =>
        Prop.ForAll((NonEmptyArray<byte> text, NonNegativeInt place, bool inKey) =>
        {
            var envelope = _encryption.Seal(text.Get, Owner);
            var box = inKey ? envelope.WrappedKey : envelope.Ciphertext;
            var bit = place.Get * 7 % (box.Length * 8);
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope, Owner));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_does_not_open_in_another_row_for_another_tenant_or_for_another_provider()
    {
        var envelope = _encryption.Seal("secret"u8, Owner);

        Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope, Owner with { RecordId = Guid.NewGuid() }));
        Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope, Owner with { ProjectId = Guid.NewGuid() }));
        Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope, Owner with { Purpose = "credential/other" }));
    }

    [Fact]
    public void Halves_of_two_envelopes_make_none()
    {
        var one = _encryption.Seal("secret"u8, Owner);
        var other = _encryption.Seal("secret"u8, Owner);

        Assert.Throws<EnvelopeException>(() => _encryption.Open(one with { WrappedKey = other.WrappedKey }, Owner));
    }

    [Fact]
    public void The_same_text_never_looks_the_same_twice()
    {
        var one = _encryption.Seal("secret"u8, Owner);
        var other = _encryption.Seal("secret"u8, Owner);

        Assert.NotEqual(one.Ciphertext, other.Ciphertext);
        Assert.NotEqual(one.WrappedKey, other.WrappedKey);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    public void A_stump_is_refused(int length)
    {
        var envelope = _encryption.Seal("secret"u8, Owner);

        Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope with { Ciphertext = envelope.Ciphertext[..length] }, Owner));
    }

    [Fact]
    public void A_layout_of_another_version_is_refused()
    {
        var envelope = _encryption.Seal("secret"u8, Owner);
        envelope.Ciphertext[0] = 2;

        Assert.Throws<EnvelopeException>(() => _encryption.Open(envelope, Owner));
    }

    [Fact]
    public void After_a_new_ring_key_old_envelopes_still_open_and_new_ones_carry_the_new_key()
    {
        var old = _encryption.Seal("secret"u8, Owner);
        var rotated = new EnvelopeEncryption(Ring("b", "a", "b"));

        Assert.Equal("secret"u8.ToArray(), rotated.Open(old, Owner));
        Assert.Equal("b", rotated.Seal("secret"u8, Owner).RingKeyId);
    }

    [Fact]
    public void A_ring_key_that_was_taken_away_is_named()
    {
        var old = _encryption.Seal("secret"u8, Owner);

        var exception = Assert.Throws<EnvelopeException>(() => new EnvelopeEncryption(Ring("b", "b")).Open(old, Owner));

        Assert.Contains("Vault:KeyRing:Keys:a", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "a", 32, "Vault:KeyRing:Active is missing")]
    [InlineData("b", "a", 32, "Vault:KeyRing:Keys:b is missing")]
    [InlineData("a", "a", 31, "Vault:KeyRing:Keys:a is not a key")]
    [InlineData("a", "a", 33, "Vault:KeyRing:Keys:a is not a key")]
    [InlineData("a", "a", 0, "Vault:KeyRing:Keys:a is not a key")]
    [InlineData("a b", "a b", 32, "a key's id has")]
    public void A_ring_that_cannot_work_says_what_to_set(string? active, string id, int size, string message)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Vault:KeyRing:Active"] = active,
            [$"Vault:KeyRing:Keys:{id}"] = Convert.ToBase64String(new byte[size]),
        };

        var exception = Assert.Throws<InvalidOperationException>(
            () => new KeyRing(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rewrapped_envelope_carries_the_new_key_and_opens_for_its_owner_only()
    {
        var old = _encryption.Seal("secret"u8, Owner);
        var both = new EnvelopeEncryption(Ring("b", "a", "b"));

        var rewrapped = both.Rewrap(old, Owner);

        Assert.Equal("b", rewrapped.RingKeyId);
        Assert.Equal(old.Ciphertext, rewrapped.Ciphertext);
        Assert.Equal("secret"u8.ToArray(), new EnvelopeEncryption(Ring("b", "b")).Open(rewrapped, Owner));
        Assert.Throws<EnvelopeException>(() => both.Rewrap(old, Owner with { RecordId = Guid.NewGuid() }));
        Assert.Throws<EnvelopeException>(() => both.Open(rewrapped, Owner with { ProjectId = Guid.NewGuid() }));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, "\n")]
    public void A_ring_key_may_come_from_a_file_in_base64_or_as_it_is(bool base64, string end)
    {
        var key = Enumerable.Repeat((byte)'a', 32).ToArray();
        using var file = new KeyFile(base64 ? [.. Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + end)] : key);

        var ring = new EnvelopeEncryption(file.Ring());

        Assert.Equal("secret"u8.ToArray(), ring.Open(_encryption.Seal("secret"u8, Owner), Owner));
    }

    [Theory]
    [InlineData("k3y0of0nobody", "its file holds no key")]
    [InlineData(null, "its file cannot be read")]
    public void A_key_file_that_is_missing_or_no_key_is_named_without_its_content(string? content, string message)
    {
        using var file = new KeyFile(content is null ? null : Encoding.ASCII.GetBytes(content));

        var exception = Assert.Throws<InvalidOperationException>(file.Ring);

        Assert.StartsWith($"Vault:KeyRing:KeyFiles:a: {message}", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_set_twice_is_refused()
    {
        using var file = new KeyFile(new byte[32]);

        var exception = Assert.Throws<InvalidOperationException>(() => file.Ring(("Vault:KeyRing:Keys:a", Convert.ToBase64String(new byte[32]))));

        Assert.Contains("Vault:KeyRing:Keys:a and Vault:KeyRing:KeyFiles:a are both set", exception.Message, StringComparison.Ordinal);
    }

    private sealed class KeyFile : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}");

        public KeyFile(byte[]? content)
        {
            if (content is not null)
                File.WriteAllBytes(_path, content);
        }

        public KeyRing Ring() => Ring([]);

        public KeyRing Ring(params (string Name, string Value)[] more)
        {
            var settings = more.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
            settings["Vault:KeyRing:Active"] = "a";
            settings["Vault:KeyRing:KeyFiles:a"] = _path;
            return new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        }

        public void Dispose() => File.Delete(_path);
    }

    private static KeyRing Ring(string active, params string[] ids)
    {
        var settings = ids.ToDictionary(
            id => $"Vault:KeyRing:Keys:{id}", id => (string?)Convert.ToBase64String(Enumerable.Repeat((byte)id[0], 32).ToArray()));
        settings["Vault:KeyRing:Active"] = active;
        return new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}
