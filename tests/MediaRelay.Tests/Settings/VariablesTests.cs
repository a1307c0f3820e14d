using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Tests.Settings;

public sealed class VariablesTests
{
    [Theory]
    [InlineData("Hello {{name}}.", "Hello Ann.")]
    [InlineData("Hello {{ name }}.", "Hello Ann.")]
    [InlineData("Hello {{Name}}{{other}}.", "Hello .")]
    [InlineData("Hello {name}.", "Hello {name}.")]
    public void A_variable_is_filled_and_one_without_a_value_becomes_nothing(string text, string filled) =>
        Assert.Equal(filled, Variables.Fill(text, new Dictionary<string, string> { ["name"] = "Ann" }));
}
