using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests;

/// <summary>Takes what OpenTelemetry exports, by gRPC, and keeps it as it is on the wire.</summary>
internal sealed class Collector : IAsyncDisposable
{
    /// <summary>An export that is compressed, or more than one message: nothing would be found in it.</summary>
    public const string Unread = "unread";

    private readonly ConcurrentQueue<(string Kind, string Text)> _taken = new();
    private readonly WebApplication _app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>Logs, spans and metrics, one text for each export: bytes as they are in Latin-1.</summary>
    public IReadOnlyCollection<(string Kind, string Text)> Taken => _taken;

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // POST /opentelemetry.proto.collector.logs.v1.LogsService/Export: a byte of flags, the length in four, the message.
    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var isPlain = bytes[0] == 0 && bytes.Length - 5 == BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1));
        _taken.Enqueue((isPlain ? http.Request.Path.Value!.Split('/')[^2].Split('.')[^1] : Unread, Encoding.Latin1.GetString(bytes)));
        http.Response.ContentType = "application/grpc";
        http.Response.AppendTrailer("grpc-status", "0");
        await http.Response.Body.WriteAsync(new byte[5]);
    }
}
