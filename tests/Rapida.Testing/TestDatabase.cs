using Npgsql;

namespace Rapida.Testing;

/// <summary>A PostgreSQL database of its own for one test class, dropped with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30 }.ConnectionString;
    }

    /// <summary>Npgsql's form.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates an empty database on the test server.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase(await TestServers.PostgresAsync(), $"test_{Guid.NewGuid():N}");
        await database.OnServerAsync($"create database {database._name}");
        return database;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (var own = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(own);
        await OnServerAsync($"drop database if exists {_name} with (force)");
    }

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
