extern alias relay;

using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Rapida.Testing;
using relay::Rapida.MediaRelay.Streams;

namespace Benchmarks;

/// <summary>What a server has used so far. Delays are those since the last snapshot, in milliseconds.</summary>
internal sealed record RelaySnapshot(double CpuMs, long Allocated, double[] Lateness, double[] ClearDelay);

/// <summary>The measured process: the relay, or what it is compared with. It is asked for snapshots over its standard input.</summary>
internal static class RelayServer
{
    private const int LongestMessage = 64 * 1024;

    private static readonly List<double> Lateness = [];
    private static readonly List<double> ClearDelay = [];

    public static async Task RunAsync(string kind)
    {
        using var listener = Listen();
        var relay = kind is "relay" ? RelayPeers.StartRelay() : null;
        var bare = kind switch
        {
            "echo" => await StartBareAsync(EchoAsync, _ => { }),
            "talk" => await StartBareAsync(TalkAsync, StreamsRegistration.ServeFrames),
            _ => null,
        };
        Console.WriteLine(JsonSerializer.Serialize(relay?.HttpPort ?? new Uri(bare!.Urls.First()).Port));

        while (Console.ReadLine() is not null)
            Console.WriteLine(JsonSerializer.Serialize(Snapshot()));

        if (bare is not null)
            await bare.DisposeAsync();
    }

    private static RelaySnapshot Snapshot() =>
        new(Environment.CpuUsage.TotalTime.TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true), Take(Lateness), Take(ClearDelay));

    private static double[] Take(List<double> values)
    {
        lock (values)
        {
            double[] taken = [.. values];
            values.Clear();
            return taken;
        }
    }

    private static MeterListener Listen()
    {
        // Room beforehand: what the list grows by would count as the relay's.
        Lateness.EnsureCapacity(1_000_000);
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name is "rapida.media.pacer.lateness" or "rapida.media.clear.delay")
                    self.EnableMeasurementEvents(instrument, instrument.Name is "rapida.media.pacer.lateness" ? Lateness : ClearDelay);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, values) =>
        {
            lock (values!)
                ((List<double>)values).Add(seconds * 1_000);
        });
        listener.Start();
        return listener;
    }

    /// <summary>Kestrel, a WebSocket, and nothing else.</summary>
    private static async Task<WebApplication> StartBareAsync(Func<WebSocket, Task> carry, Action<SocketTransportOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.WebHost.UseSockets(configure);
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
            try
            {
                await carry(socket);
            }
            catch (WebSocketException)
            {
                // The load is over.
            }
        });
        await app.StartAsync();
        return app;
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        var message = new byte[LongestMessage];
        while (await socket.ReceiveAsync(message.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
            await socket.SendAsync(message.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    /// <summary>
    /// Reads and sends as many messages and bytes as the relay does, on sockets like the relay's, without looking at any: what is over is the relay's own cost.
    /// </summary>
    private static async Task TalkAsync(WebSocket socket)
    {
        var message = new byte[LongestMessage];
        var media = Encoding.UTF8.GetBytes(
            $$$"""{"event":"media","streamSid":"MZ{{{new string('0', 32)}}}","media":{"payload":"{{{Convert.ToBase64String(new byte[800])}}}"}}""");
        var mark = Encoding.UTF8.GetBytes($$$"""{"event":"mark","streamSid":"MZ{{{new string('0', 32)}}}","mark":{"name":"0:100"}}""");
        for (var count = 1; await socket.ReceiveAsync(message.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text }; count++)
        {
            // Eleven messages are ten frames and a mark.
            if (count % 11 is 5 or 10)
                await socket.SendAsync(media.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (count % 11 is 10)
                await socket.SendAsync(mark.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }
}
