using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;

namespace ServiceDefaults.Tests;

/// <summary>A service of nothing but the defaults and what a test maps, on real sockets. It is called <c>vault</c>.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string Name = "vault";

    private readonly WebApplication _app;

    private RunningService(WebApplication app, LogCapture logs, ServiceKeys keys)
    {
        (_app, Logs, Keys) = (app, logs, keys);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToList();
        Http = new() { BaseAddress = new(addresses[0]) };
        Channel = GrpcChannel.ForAddress(addresses[1]);
    }

    public LogCapture Logs { get; }

    public ServiceKeys Keys { get; }

    public HttpClient Http { get; }

    public GrpcChannel Channel { get; }

    public static async Task<RunningService> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, string environment = "Development",
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        var (logs, keys) = (new LogCapture(), new ServiceKeys());
        // Development: that is where details would show.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
        [
            new("URLS", $"http://127.0.0.1:{FreePort.Next()}"),
            new("GRPC_PORT", $"{FreePort.Next()}"),
            .. keys.SettingsFor(Name, [.. ServiceKeys.Services]).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            .. settings ?? new Dictionary<string, string?>(),
        ]);
        builder.AddServiceDefaults(Name);
        builder.Logging.ClearProviders().AddProvider(logs);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        map(app);
        await app.StartAsync();
        return new(app, logs, keys);
    }

    /// <summary>Calls that are signed as a service signs them.</summary>
    public CallInvoker CallAs(string caller) => Channel.Intercept(SignedCalls.As(
        caller, Name, Options.Create(new AccessOptions { SigningKey = Keys.SettingsFor(caller).Single(setting => setting.Key == "Access:SigningKey").Value })));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Channel.Dispose();
        await _app.DisposeAsync();
        Logs.AssertNoErrors();
    }
}
