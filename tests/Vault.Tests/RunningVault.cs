using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Projects;

namespace Rapida.Vault.Tests;

[CollectionDefinition(nameof(RunningVault))]
public sealed class VaultCollection : ICollectionFixture<RunningVault>;

/// <summary>Vault on a real database and a real broker. Every test brings tenants of its own.</summary>
public class RunningVault : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestBroker _broker = null!;

    internal FakePeers Peers { get; private set; } = null!;

    internal ServiceKeys Keys { get; } = new();

    internal SqlCommands Commands { get; } = new();

    internal ServiceUnderTest<Program> Service { get; private set; } = null!;

    internal string BrokerUri => _broker.Uri;

    internal Dictionary<string, string> Settings { get; } = new()
    {
        ["Vault:KeyRing:Active"] = "ring-1",
        ["Vault:KeyRing:Keys:ring-1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Vault:Peppers:Active"] = "pepper-1",
        ["Vault:Peppers:Keys:pepper-1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _broker = await TestBroker.ClaimAsync();
        Peers = await FakePeers.StartAsync();
        Settings["services:deployments:grpc:0"] = Settings["services:calls:grpc:0"] = Peers.Address;
        Settings["ConnectionStrings:vault-db"] = _database.ConnectionString;
        Settings["ConnectionStrings:broker"] = _broker.Uri;
        await using (var db = NewDbContext())
            await db.Database.MigrateAsync();
        Service = NewInstance();
    }

    /// <summary>An instance of Vault on the same database.</summary>
    internal ServiceUnderTest<Program> NewInstance() => new("vault", Keys, Settings, services =>
    {
        services.ConfigureDbContext<VaultDbContext>(options => options.AddInterceptors(Commands));
        Replace(services);
    });

    private protected virtual void Replace(IServiceCollection services)
    {
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Peers.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal VaultDbContext NewDbContext() =>
        new(new DbContextOptionsBuilder<VaultDbContext>().UseNpgsql(_database.ConnectionString).Options);

    internal async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A new project with a key of these scopes.</summary>
    internal async Task<Tenant> NewTenantAsync(params string[] scopes)
    {
        await using var db = NewDbContext();
        var projectId = Guid.CreateVersion7();
        await new EnsureProject(db, TimeProvider.System).ExecuteAsync(projectId, "Acme", "Support", default);
        var key = ApiKeyText.Generate();
        await ImportAsync(db, projectId, key, scopes);
        var http = Service.NewHttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", key.Reveal());
        return new(projectId, key, http);
    }

    internal async Task ImportAsync(VaultDbContext db, Guid projectId, ApiKeyText key, params string[] scopes)
    {
        var peppers = new Peppers(Configuration());
        var command = CreateApiKeyCommand.Parse(projectId, "seeded", scopes, expiresAt: null, TimeProvider.System.GetUtcNow()).ValueOrThrow();
        await new ImportApiKey(db, peppers, TimeProvider.System).ExecuteAsync(command, key, default);
    }

    internal IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(Settings!).Build();
}

/// <summary>The same in virtual time.</summary>
public sealed class VaultInVirtualTime : RunningVault
{
    internal ManualTimeProvider Clock { get; } = new();

    private protected override void Replace(IServiceCollection services) => services
        .AddSingleton<TimeProvider>(Clock)
        // A clock that jumps by minutes ends a publish that is under way. The outbox says so too, and publishes again.
        .AddLogging(logging => logging.AddFilter("MassTransit", LogLevel.None));
}

/// <summary>A project, one of its keys, and a client that shows it.</summary>
internal sealed record Tenant(Guid ProjectId, ApiKeyText Key, HttpClient Http);
