using System.Text;
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

    /// <summary>Every row of every table, as psql shows them.</summary>
    public async Task<string> DumpAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var names = new NpgsqlCommand("select format('%I', tablename) from pg_tables where schemaname = 'public'", connection))
        await using (var reader = await names.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));

        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = new NpgsqlCommand($"select string_agg(t::text, ' ') from {table} t", connection);
            all.Append(await rows.ExecuteScalarAsync()).AppendLine();
        }

        return all.ToString();
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
