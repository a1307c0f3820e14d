using Xunit;

namespace StandIns.Tests.Data;

/// <summary>The server that RAPIDA_TEST_REDIS names, or one of its own.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stand-ins-redis-");
    private ServerProcess? _server;

    public string ConnectionString { get; private set; } = Environment.GetEnvironmentVariable("RAPIDA_TEST_REDIS") ?? "";

    public async Task InitializeAsync()
    {
        if (ConnectionString.Length > 0)
            return;

        var port = ServerProcess.FreePort();
        _server = await ServerProcess.StartAsync("Ready to accept connections", Command(port));
        ConnectionString = $"127.0.0.1:{port}";
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string[] Command(int port) =>
        ["redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName];
}
