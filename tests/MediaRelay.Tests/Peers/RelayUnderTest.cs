using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.MediaRelay.Journal;
using Rapida.ServiceDefaults.Access;
using Rapida.Speech;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>A relay on real sockets between fake peers.</summary>
internal sealed class RelayUnderTest : IAsyncDisposable
{
    private static readonly byte[] ContextKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly List<FakePeer> _peers = [];
    private ServiceUnderTest<Program>? _relay;

    public FakeCallControl Calls { get; } = new();

    public FakeRecording Recording { get; } = new();

    public FakeConversations Conversations { get; } = new();

    public FakeVault Vault { get; } = new(TimeProvider.System);

    public FakeSpeech Speech { get; } = new();

    public Uri Address => _relay!.HttpAddress;

    public LogCapture Logs => _relay!.Logs;

    public static Task<RelayUnderTest> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="providers">Speech; null: that of the test.</param>
    /// <param name="settings">The relay's configuration, where it differs.</param>
    public static async Task<RelayUnderTest> StartAsync(SpeechProviders? providers, params (string Key, string Value)[] settings)
    {
        var test = new RelayUnderTest();
        var keys = new ServiceKeys();
        var calls = await FakePeer.StartAsync("calls", keys, test.Calls);
        var recordings = await FakePeer.StartAsync("recordings", keys, test.Recording, test.Conversations);
        var vault = await FakePeer.StartAsync("vault", keys, test.Vault);
        test._peers.AddRange([calls, recordings, vault]);

        var all = new Dictionary<string, string>
        {
            ["services:calls:grpc:0"] = calls.Address,
            ["services:recordings:grpc:0"] = recordings.Address,
            ["services:vault:grpc:0"] = vault.Address,
            ["Media:PublicUrl"] = "wss://media.example.com",
            ["Media:ContextKey"] = Convert.ToBase64String(ContextKey),
            // Whether make vad has been run here changes nothing.
            ["MediaRelay:VoiceDetector"] = "Energy",
            // This machine may be busy; only the test of it wants it short.
            ["MediaRelay:LostAfter"] = "00:00:20",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        test._relay = new ServiceUnderTest<Program>("media", keys, all, services => services.AddSingleton(providers ?? test.Speech.Providers));
        return test;
    }

    /// <summary>Forgets what its peers were told, and from now on keeps errors only: for tests that send so much that it would count.</summary>
    public void Forget()
    {
        Logs.From = LogLevel.Error;
        Recording.IsRemembering = false;
        Calls.Authorised.Clear();
        Calls.Claimed.Clear();
        Calls.Left.Clear();
        Speech.Mind.Requests.Clear();
        Speech.Voice.Spoken.Clear();
        Speech.Ears.Hints.Clear();
    }

    public static string NewContext() => ContextId.New(ContextKey);

    /// <summary>A call whose frames flow.</summary>
    public async Task<FakeTwilio> CallAsync()
    {
        var twilio = await new FakeTwilio().ConnectAsync(Address, NewContext());
        await twilio.StartAsync();
        return twilio.Run();
    }

    /// <summary>Recording has stored what there was to say.</summary>
    public async Task AllStoredAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!_relay!.Services.GetRequiredService<UnstoredEntries>().IsEmpty)
            await Task.Delay(10, patience.Token);
    }

    /// <summary>The relay is told to stop, and has stopped.</summary>
    public async Task StopAsync()
    {
        await _relay!.DisposeAsync();
        _relay = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
            await _relay.DisposeAsync();
        foreach (var peer in _peers)
            await peer.DisposeAsync();
    }
}
