using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Privacy;
using Rapida.Testing;

namespace ServiceDefaults.Tests;

public sealed class PrivacyTests
{
    private const string Text = "swordfish";
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };
    private const string Number = "+4915112345678";

    [Fact]
    public void A_secret_does_not_print_itself() => AssertSilent(new Secret(Text), Text);

    [Fact]
    public void A_number_shows_two_digits_at_most()
    {
        Assert.True(PhoneNumber.TryParse(Number, out var number));

        Assert.Equal("+…78", number.ToString());
        AssertSilent(number, Number[1..^2]); // Without the +, which JSON may write as \u002B.
    }

    [Fact]
    public void A_key_shows_only_the_part_that_may_be_shown()
    {
        var key = ApiKeyText.Generate();

        AssertSilent(key, key.Reveal()[key.Display.Length..]);
    }

    [Fact]
    public void Secrets_are_equal_by_their_text_and_hash_without_it()
    {
        Assert.Equal(new Secret(Text), new Secret(Text));
        Assert.NotEqual(new Secret(Text), new Secret(Text + "!"));
        Assert.Equal(new Secret(Text).GetHashCode(), new Secret("another").GetHashCode());
    }

    [Theory]
    [InlineData("4915112345678")]
    [InlineData("+0915112345678")]
    [InlineData("+49 151")]
    [InlineData("+1")]
    [InlineData("+1234567890123456")]
    [InlineData("+49151123٤5678")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_number_in_E164_form_is_none(string? text) => Assert.False(PhoneNumber.TryParse(text, out _));

    private static void AssertSilent<T>(T value, string hidden)
        where T : class
    {
        var logs = new LogCapture();
        using (var factory = LoggerFactory.Create(logging => logging.AddProvider(logs)))
            PrivacyTestsLog.Said(factory.CreateLogger("test"), value);

        Assert.All(
            [
                value.ToString()!,
                $"{value}",
                string.Format(CultureInfo.InvariantCulture, "{0}", value),
                new Holder<T>(value).ToString(),
                JsonSerializer.Serialize(value),
                JsonSerializer.Serialize(new Holder<T>(value), WithFields),
                Assert.Single(logs.Lines).Text,
            ],
            printed => Assert.DoesNotContain(hidden, printed, StringComparison.Ordinal));
    }

    private sealed record Holder<T>(T Value);
}

internal static partial class PrivacyTestsLog
{
    [LoggerMessage(1, LogLevel.Information, "It is {Value}")]
    public static partial void Said(ILogger logger, object value);
}
