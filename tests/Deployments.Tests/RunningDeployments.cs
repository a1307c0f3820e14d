using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rapida.Testing;

namespace Rapida.Deployments.Tests;

[CollectionDefinition(nameof(RunningDeployments))]
public sealed class DeploymentsCollection : ICollectionFixture<RunningDeployments>;

/// <summary>Deployments on a real database and a real broker. Every test brings tenants of its own.</summary>
public sealed class RunningDeployments : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestBroker _broker = null!;
    private FakeVault _vault = null!;
    private Dictionary<string, string> _settings = null!;

    internal ServiceKeys Keys { get; } = new();

    internal SqlCommands Commands { get; } = new();

    internal ServiceUnderTest<Program> Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _broker = await TestBroker.ClaimAsync();
        _vault = await FakeVault.StartAsync();
        await using (var db = NewDbContext())
            await db.Database.MigrateAsync();
        _settings = new()
        {
            ["ConnectionStrings:deployments-db"] = _database.ConnectionString,
            ["ConnectionStrings:broker"] = _broker.Uri,
            ["services:vault:grpc:0"] = _vault.Address,
        };
        Service = new("deployments", Keys, _settings, services =>
            services.ConfigureDbContext<DeploymentsDbContext>(options => options.AddInterceptors(Commands)));
    }

    internal FakeVault Vault => _vault;

    /// <summary>Another instance beside it, in a time of its own.</summary>
    internal ServiceUnderTest<Program> NewInstance(ManualTimeProvider clock) => new("deployments", Keys, _settings, services => services
        .AddSingleton<TimeProvider>(clock)
        // A clock that jumps by minutes ends a publish that is under way. The outbox says so too, and publishes again.
        .AddLogging(logging => logging.AddFilter("MassTransit", LogLevel.None)));

    internal Task<string> DumpAsync() => _database.DumpAsync();

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await _vault.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal DeploymentsDbContext NewDbContext() =>
        new(new DbContextOptionsBuilder<DeploymentsDbContext>().UseNpgsql(_database.ConnectionString).Options);

    /// <summary>A client of a project that nobody else uses, unless it is given.</summary>
    internal HttpClient NewTenant(Guid? projectId = null, params string[] scopes)
    {
        var http = Service.NewHttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", _vault.KeyFor(
            projectId ?? Guid.NewGuid(), scopes.Length > 0 ? scopes : ["deployments:read", "deployments:write"]));
        return http;
    }

    internal string KeyFor(Guid projectId, params string[] scopes) => _vault.KeyFor(projectId, scopes);

    internal Task<HeardEvents> HearSavesAsync() => HeardEvents.OnAsync(_broker.Uri, "rapida.deployment-saved.v1");
}
