using FsCheck;
using FsCheck.Fluent;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Tests.Streams;

public sealed class ContextIdTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void An_id_is_genuine_under_its_own_key_only()
    {
        var id = ContextId.New(Key);

        Assert.Equal(32, id.Length);
        Assert.True(ContextId.IsGenuine(Key, id));
        Assert.False(ContextId.IsGenuine(new byte[32], id));
    }

    [Fact]
    public void An_id_with_another_character_is_forged()
    {
        var id = ContextId.New(Key);
        for (var i = 0; i < id.Length; i++)
            Assert.False(ContextId.IsGenuine(Key, id[..i] + (id[i] == 'A' ? 'B' : 'A') + id[(i + 1)..]));
    }

    [Fact]
    public void Any_text_may_be_asked_about() =>
        Prop.ForAll<NonNull<string>>(text => !ContextId.IsGenuine(Key, text.Get)).QuickCheckThrowOnFailure();
}
