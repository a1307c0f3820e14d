using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Testing;

/// <summary>One service in this process on real sockets: Kestrel with its <c>http</c> and <c>grpc</c> endpoints on loopback.</summary>
/// <typeparam name="TProgram">Any public type of the service's assembly, its Program as a rule.</typeparam>
public sealed class ServiceUnderTest<TProgram> : WebApplicationFactory<TProgram>
    where TProgram : class
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly string _name;
    private readonly ServiceKeys _keys;

    /// <summary>Starts the service.</summary>
    /// <param name="name">Its name among its peers.</param>
    /// <param name="keys">The keys of the test.</param>
    /// <param name="settings">Its configuration: connection strings, addresses of peers, options.</param>
    /// <param name="services">What the test replaces, such as the clock.</param>
    public ServiceUnderTest(
        string name, ServiceKeys keys, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services = null)
    {
        (_name, _keys, _settings, _services) = (name, keys, settings, services);
        (HttpPort, GrpcPort) = (FreePort.Next(), FreePort.Next());
        UseKestrel();
        StartServer();
    }

    /// <summary>Every log line; <see cref="LogCapture.AssertNoErrors"/> runs when the service is disposed.</summary>
    public LogCapture Logs { get; } = new();

    /// <summary>TCP port of <c>http</c>.</summary>
    public int HttpPort { get; }

    /// <summary>TCP port of <c>grpc</c>.</summary>
    public int GrpcPort { get; }

    /// <summary>http://127.0.0.1:port</summary>
    public Uri HttpAddress => new($"http://127.0.0.1:{HttpPort}");

    /// <summary>http://127.0.0.1:port of gRPC.</summary>
    public Uri GrpcAddress => new($"http://127.0.0.1:{GrpcPort}");

    /// <summary>A client over a real socket.</summary>
    public HttpClient NewHttpClient() => new() { BaseAddress = HttpAddress };

    /// <summary>A gRPC invoker that signs as <paramref name="caller"/>: <c>new Xyz.XyzClient(service.CallAs("calls"))</c>.</summary>
    public CallInvoker CallAs(string caller)
    {
        var options = new AccessOptions();
        foreach (var (key, value) in _keys.SettingsFor(caller))
            options.SigningKey = key == "Access:SigningKey" ? value : options.SigningKey;
        return GrpcChannel.ForAddress(GrpcAddress)
            .Intercept(SignedCalls.As(caller, _name, Options.Create(options)));
    }

    /// <summary>A gRPC invoker that shows no token.</summary>
    public CallInvoker CallAsNobody() => GrpcChannel.ForAddress(GrpcAddress).CreateCallInvoker();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Logs.AssertNoErrors();
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("urls", $"http://127.0.0.1:{HttpPort}");
        builder.UseSetting("GRPC_PORT", $"{GrpcPort}");
        foreach (var (key, value) in _keys.SettingsFor(_name, [.. ServiceKeys.Services]))
            builder.UseSetting(key, value);
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Logs));
        builder.ConfigureTestServices(services => _services?.Invoke(services));
    }
}
