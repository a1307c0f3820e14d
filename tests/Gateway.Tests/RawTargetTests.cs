namespace Rapida.Gateway.Tests;

public sealed class RawTargetTests : IAsyncLifetime
{
    private Door _door = null!;

    public async Task InitializeAsync() => _door = await Door.OpenAsync();

    public async Task DisposeAsync() => await _door.DisposeAsync();

    // Twilio's signature covers the URL as Twilio wrote it.
    [Theory]
    [InlineData("/v1/talk/twilio/call/1?x-api-key=k%2f1%2B%2b&a=%20b+c")]
    [InlineData("/v1/talk/twilio/call/1%2f2")]
    [InlineData("/v1/talk/twilio/call/1%2F2;matrix=1;b")]
    [InlineData("/v1/talk//twilio///call/1")]
    [InlineData("/v1/talk/twilio/./call/../call/1")]
    [InlineData("/v1/talk/%74wilio/c%61ll/%7Ehome~")]
    [InlineData("/v1/talk/twilio/call/1?")]
    [InlineData("/v1/talk/twilio/call/1?&&=&b&b=%")]
    [InlineData("/v1/talk/twilio/call/1?name=%C3%A9%c3%a9|^`{}[]'\"<>\\")]
    [InlineData("/v1/talk/twilio/call/1?a=/../b?c=//d:80@e")]
    public async Task A_target_arrives_byte_for_byte_as_it_was_sent(string target)
    {
        await _door.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n");

        Assert.Equal(target, Assert.Single(_door.Service.Heard).RawTarget);
    }

    [Fact]
    public async Task The_host_of_an_absolute_target_is_not_asked()
    {
        await _door.SendRawAsync("GET http://elsewhere.example/v1/calls?a=b HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n");

        Assert.Equal("/v1/calls?a=b", Assert.Single(_door.Service.Heard).RawTarget);
    }
}
