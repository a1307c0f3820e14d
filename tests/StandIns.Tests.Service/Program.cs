using Microsoft.AspNetCore.Server.Kestrel.Core;

// Two endpoints, as our services have: HTTP/1.1 where ASPNETCORE_URLS says, HTTP/2 alone where GRPC_PORT says.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (builder.Configuration["GRPC_PORT"] is { } grpc)
{
    var http = new Uri(builder.Configuration["URLS"]!).Port;
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.ListenLocalhost(http);
        kestrel.ListenLocalhost(int.Parse(grpc), listen => listen.Protocols = HttpProtocols.Http2);
    });
}

var app = builder.Build();
app.UseWebSockets();
app.MapGet("/health", () => "healthy");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/process", (HttpRequest request) => $"{Environment.ProcessId} {request.Protocol}");
app.Map("/echo", async (HttpContext context) =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[1024];
    var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
    await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, endOfMessage: true, context.RequestAborted);
    await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
});
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine("service has stopped"));
app.Run();
