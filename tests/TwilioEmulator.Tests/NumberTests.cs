using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rapida.TwilioEmulator.Tests;

public sealed class NumberTests : IAsyncLifetime
{
    private const string Numbers = $"{EmulatorUnderTest.Account}/IncomingPhoneNumbers.json";
    private const string NumberPath = $"{EmulatorUnderTest.Account}/IncomingPhoneNumbers/{EmulatorUnderTest.NumberSid}.json";
    private const string Application = "AP00112233445566778899aabbccddeeff";
    private const string Trunk = "TK00112233445566778899aabbccddeeff";
    private EmulatorUnderTest _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorUnderTest.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_number_that_is_only_owned_is_listed_without_a_webhook()
    {
        var number = Assert.Single(await ListAsync("?PhoneNumber=" + Uri.EscapeDataString(EmulatorUnderTest.OwnedNumber)));

        Assert.Equal(JsonValueKind.Null, number.GetProperty("voice_url").ValueKind);
        Assert.StartsWith("PN", number.GetProperty("sid").GetString());
    }

    [Theory]
    [InlineData("?PhoneNumber=%2B1555123*", 1)]
    [InlineData("?PhoneNumber=987", 1)]
    [InlineData("?PhoneNumber=%2B1555*", 2)]
    [InlineData("?PhoneNumber=%2B49", 0)]
    [InlineData("?FriendlyName=Desk", 1)]
    [InlineData("?FriendlyName=desk2", 0)]
    public async Task Numbers_are_found_by_a_part_and_by_their_name(string query, int count)
    {
        await _emulator.PostAsync(NumberPath, ("FriendlyName", "Desk"));

        Assert.Equal(count, (await ListAsync(query)).Count);
    }

    [Theory]
    [InlineData("VoiceApplicationSid", Application)]
    [InlineData("TrunkSid", Trunk)]
    public async Task An_application_or_a_trunk_silently_puts_the_url_out(string field, string sid)
    {
        var (status, number) = await _emulator.PostAsync(NumberPath, (field, sid), ("VoiceUrl", _emulator.Application.Url("/other")));
        var report = await _emulator.CallAsync();
        await _emulator.PostAsync(NumberPath, (field, ""));
        await _emulator.CallAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(_emulator.Application.Url("/other"), number.GetProperty("voice_url").GetString());
        Assert.False(report.GetProperty("answered").GetBoolean());
        Assert.Single(_emulator.Application.RequestsTo("/other"));
    }

    [Fact]
    public async Task What_was_set_of_a_number_is_there_in_the_next_run()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("emulator-numbers-").FullName, "kept", "numbers.json");
        await using (var first = await EmulatorUnderTest.StartAsync(("NumbersFile", file)))
            await first.PostAsync(NumberPath, ("VoiceUrl", "https://example.com/voice"), ("FriendlyName", "Desk"));

        await using var second = await EmulatorUnderTest.StartAsync(("NumbersFile", file));
        var number = await second.Http.GetFromJsonAsync<JsonElement>(NumberPath);

        Assert.Equal("https://example.com/voice", number.GetProperty("voice_url").GetString());
        Assert.Equal("Desk", number.GetProperty("friendly_name").GetString());
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(file))!, recursive: true);
    }

    [Fact]
    public async Task A_trunk_deletes_the_application_and_the_other_way_round()
    {
        await _emulator.PostAsync(NumberPath, ("VoiceApplicationSid", Application));
        var (_, trunked) = await _emulator.PostAsync(NumberPath, ("TrunkSid", Trunk));
        var (_, applied) = await _emulator.PostAsync(NumberPath, ("VoiceApplicationSid", Application));

        Assert.Equal((null, Trunk), Sids(trunked));
        Assert.Equal((Application, null), Sids(applied));

        static (string?, string?) Sids(JsonElement number) =>
            (number.GetProperty("voice_application_sid").GetString(), number.GetProperty("trunk_sid").GetString());
    }

    [Theory]
    [InlineData("TrunkSid", "AP00112233445566778899aabbccddeeff", 20001)]
    [InlineData("VoiceApplicationSid", "AP12", 20001)]
    [InlineData("FriendlyName", "A name that is longer than the sixty-four characters it may have ..", 20001)]
    [InlineData("SmsUrl", "nonsense", 21402)]
    [InlineData("VoiceFallbackMethod", "PUT", 21209)]
    [InlineData("VoiceUrl", "", 21405)]
    public async Task A_bad_setting_is_refused_with_its_code_and_changes_nothing(string field, string value, int code)
    {
        await _emulator.PostAsync(NumberPath, ("VoiceFallbackUrl", "https://example.com/fallback"));

        var (status, error) = await _emulator.PostAsync(NumberPath, (field, value), ("StatusCallback", "https://example.com/status"));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, error.GetProperty("code").GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await _emulator.GetAsync(NumberPath)).Body.GetProperty("status_callback").ValueKind);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query) =>
        [.. (await _emulator.GetAsync(Numbers + query)).Body.GetProperty("incoming_phone_numbers").EnumerateArray()];
}
