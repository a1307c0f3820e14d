using Xunit;

namespace StandIns.Tests.Data;

/// <summary>The server that RAPIDA_TEST_POSTGRES names, or one of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stand-ins-postgres-");
    private ServerProcess? _server;

    public string ConnectionString { get; private set; } = Environment.GetEnvironmentVariable("RAPIDA_TEST_POSTGRES") ?? "";

    public async Task InitializeAsync()
    {
        if (ConnectionString.Length > 0)
            return;

        var binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
        var data = Path.Combine(_folder.FullName, "data");
        var port = ServerProcess.FreePort();
        // PostgreSQL refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
        if (Environment.IsPrivilegedProcess)
            await ServerProcess.RunAsync("chown", "postgres:postgres", _folder.FullName);

        await ServerProcess.RunAsync([.. user, $"{binaries}/initdb", "-A", "trust", "-U", "postgres", "--no-sync", "--no-instructions",
            "-E", "UTF8", "--locale=C.UTF-8", "-D", data]);
        _server = await ServerProcess.StartAsync("ready to accept connections", [.. user, $"{binaries}/postgres", "-D", data, "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
