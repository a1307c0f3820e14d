using System.Security.Cryptography;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Database;
using Rapida.CallControl.Diagnostics;
using Rapida.Contracts.Events;
using Rapida.Media.V1;
using Rapida.Testing;

namespace CallControl.Tests;

[CollectionDefinition(nameof(CallsUnderTest))]
public sealed class CallsCollection : ICollectionFixture<CallsUnderTest>;

/// <summary>CallControl with a real database and broker, and fake peers around it. Every test brings a tenant of its own.</summary>
public sealed class CallsUnderTest : IAsyncLifetime
{
    public const string PublicUrl = "https://voice.example.com";
    public const string MediaUrl = "wss://media.example.com";

    private TestDatabase _database = null!;
    private TestBroker _broker = null!;
    private Peers _peers = null!;
    private Dictionary<string, string> _settings = null!;

    /// <summary>Keeps only what is worth a warning, where millions of lines and queries would be kept.</summary>
    internal bool IsQuiet { get; init; }

    internal ServiceKeys Keys { get; } = new();

    /// <summary>What a test wants otherwise.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    internal ManualTimeProvider Clock { get; } = new();

    internal FakeTwilio Twilio { get; private set; } = null!;

    internal Ears<CallEnded> Ended { get; private set; } = null!;

    internal Commands Commands { get; } = new();

    internal ServiceUnderTest<Program> Service { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal MediaContexts.MediaContextsClient Relay => new(Service.CallAs("media"));

    public async Task InitializeAsync()
    {
        (_database, _broker) = (await TestDatabase.CreateAsync(), await TestBroker.ClaimAsync());
        (_peers, Twilio) = (await Peers.StartAsync(Keys, Clock), await FakeTwilio.StartAsync());
        Ended = await Ears<CallEnded>.OnAsync(_broker.Uri, "rapida.call-ended.v1");
        await using (var db = NewDbContext())
            await db.Database.MigrateAsync();

        _settings = new()
        {
            ["ConnectionStrings:calls-db"] = _database.ConnectionString,
            ["ConnectionStrings:broker"] = _broker.Uri,
            ["ConnectionStrings:cache"] = await TestServers.RedisAsync(),
            ["services:vault:grpc:0"] = _peers.Address,
            ["services:deployments:grpc:0"] = _peers.Address,
            ["Public:BaseUrl"] = PublicUrl,
            ["Media:PublicUrl"] = MediaUrl,
            ["Media:ContextKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Media:TicketKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Calls:PartyIndexKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Twilio:ApiBaseUrl"] = Twilio.Address,
        };
        foreach (var (name, value) in Settings)
            _settings[name] = value;
        Service = NewInstance();
        Http = Service.NewHttpClient();
    }

    /// <summary>One more instance of the service, beside <see cref="Service"/>.</summary>
    internal ServiceUnderTest<Program> NewInstance() =>
        new(
            "calls",
            Keys,
            _settings,
            services => services.AddSingleton<TimeProvider>(Clock)
                // A clock that jumps by minutes ends a publish that is under way. The outbox says so too, and publishes again.
                .AddLogging(logging => logging.AddFilter("MassTransit", LogLevel.None))
                .ConfigureDbContext<CallsDbContext>(options => options.AddInterceptors(IsQuiet ? [] : [Commands])))
        {
            Logs = { From = IsQuiet ? LogLevel.Warning : LogLevel.Trace },
        };

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Service.DisposeAsync();
        await Ended.DisposeAsync();
        await Twilio.DisposeAsync();
        await _peers.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
        AssertNoSecretsIn(Service.Logs);
    }

    internal Tenant NewTenant(params string[] missing)
    {
        var tenant = new Tenant();
        tenant.Missing.AddRange(missing);
        return _peers.Tenants[tenant.ProjectId] = tenant;
    }

    /// <summary>A caller on the line of a tenant, not yet ringing.</summary>
    internal Caller NewCaller(Tenant? tenant = null) => new(this, tenant ?? NewTenant());

    /// <summary>A caller who is connected to a relay.</summary>
    internal async Task<Caller> TalkingAsync(Tenant? tenant = null)
    {
        var caller = NewCaller(tenant);
        await caller.ClaimAsync(await caller.RingAsync());
        return caller;
    }

    /// <summary>Vault tells that a tenant's credential has changed, and CallControl has heard it.</summary>
    internal Task CredentialChangedAsync(Tenant tenant) =>
        HeardAsync(new CredentialChanged(tenant.ProjectId, tenant.CredentialId, Sequence: 1, Clock.GetUtcNow()));

    /// <summary>Deployments tells that a tenant's assistant was saved, and CallControl has heard it.</summary>
    internal Task DeploymentSavedAsync(Tenant tenant) =>
        HeardAsync(new DeploymentSaved(tenant.ProjectId, Guid.NewGuid(), Sequence: 1, Clock.GetUtcNow(), tenant.AssistantId));

    private async Task HeardAsync<T>(T fact)
        where T : class
    {
        var (id, heard) = (Guid.NewGuid(), new TaskCompletionSource());
        var bus = Service.Services.GetRequiredService<IBus>();
        var observer = bus.ConnectConsumeObserver(new Consumed(id, heard));
        await bus.Publish(fact, context => context.MessageId = id);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        observer.Disconnect();
    }

    internal HttpClient Rest(Tenant tenant)
    {
        var http = Service.NewHttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", tenant.ReadKey);
        return http;
    }

    /// <summary>The dialler has gone round some times.</summary>
    internal async Task RoundsAsync(int rounds = 5)
    {
        // The last of them may be under way.
        var until = RoundsBegun() + rounds + 1;
        for (var i = 0; i < 1_000; i++)
        {
            if (RoundsBegun() >= until)
                return;
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        Assert.Fail("Nobody goes round.");
    }

    private int RoundsBegun() => Commands.CountOf("head.call_id as");

    internal async Task<List<Call>> CallsOfAsync(Tenant tenant)
    {
        await using var db = NewDbContext();
        return await db.Calls.AsNoTracking().Where(call => call.ProjectId == tenant.ProjectId).ToListAsync();
    }

    internal async Task<Call?> CallAsync(string callSid)
    {
        await using var db = NewDbContext();
        return await db.Calls.AsNoTracking().SingleOrDefaultAsync(call => call.CallSid == callSid);
    }

    /// <summary>The diagnostics of the current minute, whoever's they are.</summary>
    internal async Task<List<Diagnostic>> DiagnosticsOfThisMinuteAsync()
    {
        await using var db = NewDbContext();
        var now = Clock.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        return await db.Diagnostics.AsNoTracking().Where(row => row.Minute == minute).ToListAsync();
    }

    /// <summary>Nothing of any tenant's, nothing of these, and no token of any service.</summary>
    internal void AssertNoSecretsIn(LogCapture logs, params string[] more)
    {
        string[] secrets =
        [
            .. _peers.Tenants.Values.SelectMany(tenant => new[] { tenant.AuthToken, tenant.WebhookKey, tenant.ReadKey, tenant.Number[1..] }),
            .. more,
            "eyJhbGci",
        ];
        Assert.All(logs.Lines, line => Assert.All(
            secrets, secret => Assert.DoesNotContain(secret, $"{line.Text} {line.Exception}", StringComparison.Ordinal)));
    }

    internal Task<string> DumpAsync() => _database.DumpAsync();

    internal CallsDbContext NewDbContext() =>
        new(new DbContextOptionsBuilder<CallsDbContext>().UseNpgsql(_database.ConnectionString).Options);

    private sealed class Consumed(Guid messageId, TaskCompletionSource heard) : IConsumeObserver
    {
        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class
        {
            if (context.MessageId == messageId)
                heard.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
