using System.Text;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Testing.Fuzz;

namespace Rapida.MediaRelay.Tests.Streams;

[CollectionDefinition(nameof(FuzzedStreamTests), DisableParallelization = true)]
public sealed class FuzzedStreams;

/// <summary>Whatever comes over a media socket: no failure, no socket or slot that stays, no growth, and the next caller is greeted.</summary>
[Collection(nameof(FuzzedStreamTests))]
public sealed class FuzzedStreamTests
{
    private const int PercentOfAll = 80;
    private const int Workers = 6;

    // A slot that was not given back is soon missed.
    private const int MaxStreams = 3 * Workers;

    // Twilio sends a frame at a time; some come together.
    private const int MostAtOnce = 20;

    // A session may first say why it leaves.
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(30);

    private readonly FuzzRun _run = new("streams", PercentOfAll);

    [Fact]
    public async Task No_message_brings_the_relay_down_or_makes_it_grow()
    {
        await using var relay = await RelayUnderTest.StartAsync(
            ("MediaRelay:MaxStreams", $"{MaxStreams}"), ("MediaRelay:StartTimeout", "00:00:02"), ("MediaRelay:LostAfter", "00:00:05"));
        relay.Speech.Mind.Answer = _ => [new Speech.LanguageModelToken.Text("I see. What else?")];
        await GreetAsync(relay);

        await _run.SendAsync(Workers, async (random, takesAnother) =>
        {
            while (takesAnother())
                await CarryAsync(relay, random, takesAnother);
        }, relay.AllStoredAsync);

        _run.AssertNoFaults();
        _run.AssertMemoryIsFlat();
        Assert.NotEqual(0, _run.CountOf("taken"));
        await GreetAsync(relay);
    }

    private static async Task GreetAsync(RelayUnderTest relay)
    {
        await using (var twilio = await relay.CallAsync())
        {
            await twilio.HearAsync(200);
            await twilio.HangUpAsync();
            await twilio.Closed;
        }

        relay.Forget();
    }

    private async Task CarryAsync(RelayUnderTest relay, Random random, Func<bool> takesAnother)
    {
        using var socket = new RawSocket();
        var upgrade = random.Next(20) switch
        {
            0 => RawSocket.Upgrade(FuzzedText.Noise(random, 32).Replace(' ', '_').Replace('\r', '_').Replace('\n', '_')),
            1 => RawSocket.Upgrade(RelayUnderTest.NewContext()).Replace(random.Pick(["Upgrade: websocket", "13", "dGhlIHNhbXBsZSBub25jZQ==", "GET"]), "x", StringComparison.Ordinal),
            2 => RawSocket.Upgrade(RelayUnderTest.NewContext(), random.Pick(
                ["Sec-WebSocket-Extensions: permessage-deflate\r\n", "Sec-WebSocket-Protocol: é,,\r\n", "X-Twilio-Signature: é\r\n", "Origin: \u00ff\r\n", "Content-Length: 5\r\n"])),
            _ => RawSocket.Upgrade(RelayUnderTest.NewContext()),
        };
        var status = await socket.ConnectAsync(relay.Address, upgrade);
        _run.Note("upgrade", $"{status}");
        if (status >= 500)
            _run.Fault("upgrade", $"{status}", Encoding.UTF8.GetBytes(upgrade));
        if (status != 101)
            return;

        var draining = socket.DrainAsync();
        await SpeakAsync(socket, new StreamFuzz(random), random, takesAnother);
        await EndAsync(socket, draining, random);
        relay.Forget();
    }

    private async Task SpeakAsync(RawSocket socket, StreamFuzz fuzz, Random random, Func<bool> takesAnother)
    {
        var (noise, whole) = (random.OneIn(8) ? random.Next(20) : 0, random.Next(600));
        for (var sent = 0; sent < whole && takesAnother(); sent++)
        {
            var kind = sent < noise ? fuzz.PutNoise(socket) : sent == noise ? fuzz.PutStart(socket) : fuzz.PutNext(socket);
            var isTaken = !random.OneIn(MostAtOnce) || await socket.FlushAsync();
            _run.Note(kind, isTaken ? "taken" : "closed before");
            if (!isTaken)
                return;
        }

        await socket.FlushAsync();
    }

    private async Task EndAsync(RawSocket socket, Task<long> draining, Random random)
    {
        var end = random.Next(40) switch
        {
            0 => "silence", // The relay must find out by itself.
            < 12 => "reset",
            < 20 => "half closed",
            < 28 => "closed",
            _ => "stopped",
        };
        if (end is "stopped")
            socket.Put(RawSocket.Text, Encoding.UTF8.GetBytes(StreamFuzz.Stop));
        if (end is "closed" or "stopped")
            socket.Put(RawSocket.Close, random.Pick<byte[]>([[], [0x03, 0xE8], [0x03], [0, 0], [0x03, 0xE8, 0xFF, 0xFE]]));
        await socket.FlushAsync();
        if (end is "half closed")
            socket.HalfClose();
        if (end is "reset")
            socket.Dispose();

        _run.Note("end", end);
        try
        {
            await draining.WaitAsync(ClosesWithin);
        }
        catch (TimeoutException)
        {
            _run.Fault("end", $"{end}, and the relay does not close", []);
        }
    }
}
