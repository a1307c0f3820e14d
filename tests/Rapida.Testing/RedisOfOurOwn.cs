using System.Net.Sockets;
using Xunit;

namespace Rapida.Testing;

/// <summary>A Redis for one test class alone, which may be stopped, held up and looked into.</summary>
public sealed class RedisOfOurOwn : IAsyncLifetime
{
    private EphemeralServer _server = null!;

    public string Address => $"127.0.0.1:{_server.Port}";

    public async Task InitializeAsync() => _server = await EphemeralServer.StartAsync("redis", AnswersAsync);

    public async Task StopAsync()
    {
        await TellAsync("SHUTDOWN NOSAVE");
        await _server.EndedAsync();
    }

    public async Task StartAgainAsync()
    {
        var (port, folder) = (_server.Port, _server.Folder);
        Directory.CreateDirectory(folder);
        _server = await EphemeralServer.StartAsync("redis", port, folder, AnswersAsync);
    }

    /// <summary>Says a command, and returns all that comes back for it.</summary>
    public async Task<string> TellAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _server.Port);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync($"{command}\r\nQUIT\r\n");
        await writer.FlushAsync();
        return await reader.ReadToEndAsync();
    }

    /// <summary>Lets time pass for everything that is counted.</summary>
    public Task ElapseAsync(TimeSpan time) => TellAsync(
        "EVAL \"for _, key in ipairs(redis.call('KEYS', '*')) do "
        + $"redis.call('SET', key, string.format('%.0f', redis.call('GET', key) - {time.TotalMicroseconds:F0}), 'KEEPTTL') end\" 0");

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    private static async Task AnswersAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
    }
}
