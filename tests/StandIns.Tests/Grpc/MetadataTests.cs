using Grpc.Core;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData("größe")]
    public void A_key_outside_the_alphabet_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void The_suffix_of_a_key_and_the_kind_of_its_value_must_agree()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1, 2]));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "text"));
    }

    [Fact]
    public void Keys_are_lower_case_and_are_found_in_any_case()
    {
        var metadata = new Metadata { { "Key", "first" }, { "other", "x" }, { "KEY", "last" } };

        Assert.Equal(["key", "other", "key"], metadata.Select(entry => entry.Key));
        Assert.Equal("last", metadata.GetValue("kEy"));
        Assert.Equal(["first", "last"], metadata.GetAll("key").Select(entry => entry.Value));
        Assert.Null(metadata.Get("absent"));
        Assert.Null(metadata.GetValueBytes("absent"));
    }

    [Fact]
    public void A_binary_entry_has_no_text_and_cannot_be_changed_from_outside()
    {
        byte[] bytes = [1, 2, 3];
        var entry = new Metadata.Entry("key-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2, 3], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
        Assert.Equal("abc"u8.ToArray(), new Metadata.Entry("key", "abc").ValueBytes);
        Assert.Equal("[Entry: key=key, value=abc]", new Metadata.Entry("KEY", "abc").ToString());
    }

    [Fact]
    public void Metadata_is_a_list()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("b", "2");
        var list = new Metadata();

        list.Add(second);
        list.Insert(0, first);
        var copy = new Metadata.Entry[2];
        list.CopyTo(copy, 0);

        Assert.Equal([first, second], copy);
        Assert.Equal(1, list.IndexOf(second));
        Assert.True(list.Remove(first));
        list[0] = first;
        Assert.Contains(first, list);
        list.RemoveAt(0);
        Assert.Empty(list);
        Assert.Throws<ArgumentNullException>(() => list.Add(null!));
    }

    [Fact]
    public void The_shared_empty_list_stays_empty()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }
}
