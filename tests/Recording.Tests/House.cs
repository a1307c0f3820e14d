using System.Collections.Concurrent;
using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Conversations.V1;
using Rapida.Recording.Database;
using Rapida.Recording.Recordings;
using Rapida.Testing;

namespace Recording.Tests;

[CollectionDefinition(nameof(House))]
public sealed class HouseCollection : ICollectionFixture<House>;

/// <summary>Recording with real PostgreSQL and RabbitMQ, and fake peers around it.</summary>
public class House : IAsyncLifetime
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _consumed = new();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<RecordingReady>> _ready = new();
    private readonly ConcurrentBag<RecordingReady> _heard = [];
    private TestDatabase _database = null!;
    private TestBroker _broker = null!;
    private IBusControl _bus = null!;
    private ServiceUnderTest<Program> _service = null!;

    internal FakePeers Peers { get; private set; } = null!;

    internal IReadOnlyCollection<RecordingReady> Heard => _heard;

    internal string DataFolder { get; } = Directory.CreateTempSubdirectory("recordings").FullName;

    internal LogCapture Logs => _service.Logs;

    internal IServiceProvider Services => _service.Services;

    internal Conversations.ConversationsClient Conversations => new(_service.CallAs("calls"));

    internal Rapida.Recordings.V1.Recordings.RecordingsClient Recordings => new(_service.CallAs("calls"));

    internal Grpc.Core.CallInvoker CallAs(string service) => _service.CallAs(service);

    internal Grpc.Core.CallInvoker CallAsNobody() => _service.CallAsNobody();

    internal HttpClient NewHttpClient() => _service.NewHttpClient();

    internal Relay NewRelay() => new(_service.CallAs("media"));

    protected virtual TimeProvider Clock => TimeProvider.System;

    protected virtual TimeSpan CommitInterval => TimeSpan.FromMilliseconds(50);

    public async Task InitializeAsync()
    {
        (_database, _broker, Peers) = (await TestDatabase.CreateAsync(), await TestBroker.ClaimAsync(), await FakePeers.StartAsync());
        await using (var db = new RecordingDbContext(
            new DbContextOptionsBuilder<RecordingDbContext>().UseNpgsql(_database.ConnectionString).Options))
            await db.Database.MigrateAsync();

        _service = NewService(Peers.Address);
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(_broker.Uri));
            rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpoint => endpoint.Handler<RecordingReady>(context =>
            {
                _heard.Add(context.Message);
                Ready(context.Message.AggregateId).TrySetResult(context.Message);
                return Task.CompletedTask;
            }));
        });
        await _bus.StartAsync();
        _service.Services.GetRequiredService<IBus>().ConnectConsumeObserver(new Observer(_consumed));
        using var http = _service.NewHttpClient();
        // Healthy when the queues are there: before that an event would go nowhere.
        while (!(await http.GetAsync("/health")).IsSuccessStatusCode)
            await Task.Yield();
    }

    public async Task DisposeAsync()
    {
        await _bus.StopAsync();
        await _service.DisposeAsync();
        await Peers.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Another instance on the same database and broker.</summary>
    internal ServiceUnderTest<Program> NewService(string peers) => new(
        "recordings",
        new ServiceKeys(),
        new Dictionary<string, string>
        {
            ["ConnectionStrings:recordings-db"] = _database.ConnectionString,
            ["ConnectionStrings:broker"] = _broker.Uri,
            ["services:vault:grpc:0"] = Peers.Address,
            ["services:calls:grpc:0"] = peers,
            ["Recording:DataFolder"] = DataFolder,
            ["Journal:CommitInterval"] = CommitInterval.ToString("c", CultureInfo.InvariantCulture),
        },
        services => services.AddSingleton(Clock));

    /// <summary>An HTTP client with the key of a project.</summary>
    internal HttpClient Http(Guid project)
    {
        var http = _service.NewHttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", FakePeers.KeyOf(project));
        return http;
    }

    /// <summary>Publishes an event and waits until Recording has dealt with it.</summary>
    internal async Task TellAsync<T>(T fact, Guid? messageId = null)
        where T : class, IBusinessEvent
    {
        var id = messageId ?? Guid.NewGuid();
        var consumed = _consumed[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PublishAsync(fact, id);
        await consumed.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Publishes an event that any instance may take.</summary>
    internal Task PublishAsync<T>(T fact, Guid messageId)
        where T : class, IBusinessEvent => _bus.Publish(fact, context => context.MessageId = messageId);

    internal Task<RecordingReady> RecordingReadyAsync(Guid conversation) => Ready(conversation).Task.WaitAsync(TimeSpan.FromSeconds(60));

    internal bool IsReady(Guid conversation) => Ready(conversation).Task.IsCompleted;

    internal Task<Conversation> ConversationAsync(Phone phone) =>
        Conversations
            .GetConversationAsync(new() { ProjectId = phone.Project.ToString(), Id = phone.Conversation.ToString() })
            .ResponseAsync;

    internal string WavPath(Phone phone) => new RecordingOptions { DataFolder = DataFolder }.PathOf(phone.Project, phone.Conversation);

    internal Rapida.Audio.WavAudio Wav(Phone phone) => Rapida.Audio.WavFile.Read(WavPath(phone));

    internal async Task<T> QueryAsync<T>(Func<RecordingDbContext, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<RecordingDbContext>>().CreateDbContextAsync();
        return await query(db);
    }

    private TaskCompletionSource<RecordingReady> Ready(Guid conversation) =>
        _ready.GetOrAdd(conversation, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Observer(ConcurrentDictionary<Guid, TaskCompletionSource> consumed) : IConsumeObserver
    {
        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class
        {
            if (consumed.TryGetValue(context.MessageId!.Value, out var waiting))
                waiting.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
