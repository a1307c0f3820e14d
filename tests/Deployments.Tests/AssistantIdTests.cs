using FsCheck;
using FsCheck.Fluent;
using Rapida.Deployments.Assistants;

namespace Rapida.Deployments.Tests;

public sealed class AssistantIdTests
{
    [Fact]
    public void An_id_is_15_digits_and_is_read_back() => Prop.ForAll((bool _) =>
    {
        var id = AssistantId.Random();
        Assert.Matches("^[1-9][0-9]{14}$", id.ToString());
        Assert.Equal(id, AssistantId.Parse(id.ToString()).ValueOrThrow());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_its_one_spelling_is_read() => Prop.ForAll((string? text) =>
        !AssistantId.Parse(text).TryGet(out var id, out _) || id.ToString() == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0123")]
    [InlineData("+123")]
    [InlineData("-123")]
    [InlineData(" 123")]
    [InlineData("1,234")]
    [InlineData("12e3")]
    [InlineData("9223372036854775808")]
    [InlineData("١٢٣")]
    public void Anything_else_is_nobodys_assistant(string text) => Assert.False(AssistantId.Parse(text).TryGet(out _, out _));
}
