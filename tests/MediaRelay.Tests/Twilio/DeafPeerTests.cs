using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Audio;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.MediaRelay.Tools;
using Rapida.MediaRelay.Twilio;
using Rapida.Testing;

namespace Rapida.MediaRelay.Tests.Twilio;

/// <summary>A peer that is connected and does not read: TCP's window fills up, and then nothing goes out any more. Real sockets, virtual time.</summary>
public sealed class DeafPeerTests : IJournalSink, IAsyncLifetime
{
    private static readonly byte[] Speech = new byte[800];
    private static readonly string Silence = Wire.Media(0xFF);

    private readonly ManualTimeProvider _clock = new();
    private WebSocket _twilio = null!;
    private WebSocket _relay = null!;
    private TwilioStream _stream = null!;

    bool IJournalSink.HasRoomForAudio => true;

    public async Task InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // Small windows, so that little is enough to fill them.
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096, NoDelay = true };
        await client.ConnectAsync(listener.LocalEndpoint);
        var server = await listener.AcceptSocketAsync();
        (server.SendBufferSize, server.NoDelay) = (4_096, true);

        _twilio = WebSocket.CreateFromStream(new NetworkStream(client, ownsSocket: true), new WebSocketCreationOptions());
        _relay = WebSocket.CreateFromStream(new NetworkStream(server, ownsSocket: true), new WebSocketCreationOptions { IsServer = true });
        _stream = new TwilioStream(_relay, new RelayOptions(), _clock);
        await SendAsync(Wire.Start);
        await _stream.StartAsync(CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        _twilio.Dispose();
        _relay.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_send_that_blocks_for_two_seconds_breaks_the_stream()
    {
        var blocked = await SendUntilBlockedAsync();

        _clock.Advance(TimeSpan.FromSeconds(1.99));
        Assert.False(blocked.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.02));

        await Assert.ThrowsAsync<WebSocketException>(() => blocked);
        Assert.Equal(WebSocketState.Aborted, _relay.State);
    }

    [Fact]
    public async Task A_peer_that_reads_late_but_in_time_gets_everything()
    {
        var blocked = await SendUntilBlockedAsync();
        _clock.Advance(TimeSpan.FromSeconds(1.9));

        var reading = ReadAsync();
        await blocked.WaitAsync(TimeSpan.FromSeconds(30));
        await _stream.PlayAsync(Speech, CancellationToken.None);
        await _stream.CloseAsync(WebSocketCloseStatus.NormalClosure, CancellationToken.None);

        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(30)) > 1);
    }

    [Fact]
    public async Task A_call_whose_peer_does_not_read_is_lost_although_its_frames_still_come()
    {
        var speech = new FakeSpeech();
        var claim = new ClaimResponse { ProjectId = "p", ConversationId = "c", Attempt = 1, Settings = new FakeCallControl().Settings };
        // Two minutes of it.
        claim.Settings.Experience.Greeting = new string('a', 6_000) + ".";
        var engines = new Engines(speech.Providers, speech.Prompts, new VoiceActivityDetectors(VadKind.Energy));
        using var http = new HttpClient();
        await using var session = new MediaSession(
            _stream, claim, CallSettings.Parse(claim.Settings), engines, http, new LeasedHeaders(new FakeVault(_clock).Client, claim, _clock, NullLogger.Instance), this,
            new RelayOptions(), new TurnTakingOptions(), _clock, NullLogger.Instance);

        var running = session.RunAsync(_ => Task.CompletedTask);
        for (var frame = 1; !running.IsCompleted && frame < 3_000; frame++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await SendAsync(Silence);
            await Task.Delay(1);
        }

        Assert.Equal(EndReason.Lost, await running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    void IJournalSink.Append(JournalEntry entry)
    {
    }

    private async Task<Task> SendUntilBlockedAsync()
    {
        while (true)
        {
            var sending = _stream.PlayAsync(Speech, CancellationToken.None).AsTask();
            if (await Task.WhenAny(sending, Task.Delay(200)) != sending)
                return sending;
        }
    }

    private async Task<int> ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var messages = 0;
        while ((await _twilio.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType is WebSocketMessageType.Text)
            messages++;
        return messages;
    }

    private async Task SendAsync(string text)
    {
        try
        {
            await _twilio.SendAsync(Wire.Utf8(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // The relay has broken the connection, as it should.
        }
    }
}
