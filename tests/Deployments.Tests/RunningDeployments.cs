using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:deployments-db"] = _database.ConnectionString,
            ["ConnectionStrings:broker"] = _broker.Uri,
            ["services:vault:grpc:0"] = _vault.Address,
        };
        Service = new("deployments", Keys, settings, services =>
            services.ConfigureDbContext<DeploymentsDbContext>(options => options.AddInterceptors(Commands)));
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
