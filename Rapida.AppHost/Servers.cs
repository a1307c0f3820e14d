using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Rapida.AppHost;

/// <summary>
/// PostgreSQL, Redis and RabbitMQ, two ways with the same connection names: containers when a container runtime answers and in publish
/// mode, else the scripts of <c>eng/servers</c> with private folders and free ports on loopback. RAPIDA_SERVERS=native or =containers decides.
/// </summary>
internal sealed record Servers(
    IReadOnlyDictionary<string, IResourceBuilder<IResourceWithConnectionString>> Databases,
    IResourceBuilder<IResourceWithConnectionString> Cache,
    IResourceBuilder<IResourceWithConnectionString> Broker)
{
    private static readonly TimeSpan RuntimeAnswers = TimeSpan.FromSeconds(5);

    public IResourceBuilder<IResourceWithConnectionString> Database(string name) => Databases[name];

    public static Servers Add(IDistributedApplicationBuilder builder, DataFolder folder, params string[] databases) =>
        builder.ExecutionContext.IsPublishMode || UseContainers() ? Containers(builder, databases) : Native(builder, folder, databases);

    private static Servers Containers(IDistributedApplicationBuilder builder, string[] databases)
    {
        var postgres = builder.AddPostgres("postgres").WithDataVolume();
        return new(
            databases.ToDictionary(name => name, name => (IResourceBuilder<IResourceWithConnectionString>)postgres.AddDatabase(name)),
            builder.AddRedis("cache"),
            builder.AddRabbitMQ("broker").WithDataVolume());
    }

    private static Servers Native(IDistributedApplicationBuilder builder, DataFolder folder, string[] databases)
    {
        TellWhatIsMissing(builder);
        var broker = Server("rabbitmq");
        var postgres = Server("postgres", [.. databases.SelectMany(name => new[] { "--database", name })]);
        var redis = Server("redis");

        return new(
            databases.ToDictionary(
                name => name,
                name => (IResourceBuilder<IResourceWithConnectionString>)builder.AddConnectionString(
                    name, ReferenceExpression.Create($"Host=127.0.0.1;Port={postgres.GetEndpoint("tcp").Property(EndpointProperty.Port)};Username=postgres;Database={name}"))
                    .WaitFor(postgres)),
            builder.AddConnectionString(
                "cache", ReferenceExpression.Create($"127.0.0.1:{redis.GetEndpoint("tcp").Property(EndpointProperty.Port)}")).WaitFor(redis),
            builder.AddConnectionString(
                "broker", ReferenceExpression.Create($"amqp://guest:guest@127.0.0.1:{broker.GetEndpoint("tcp").Property(EndpointProperty.Port)}"))
                .WaitFor(broker));

        IResourceBuilder<ExecutableResource> Server(string name, params string[] arguments)
        {
            var port = FreePort();
            var check = $"{name}-answers";
            builder.Services.AddHealthChecks().AddCheck(check, new TcpAnswers(port));
            return builder.AddExecutable(
                    $"{name}-server", Path.Combine(builder.AppHostDirectory, "..", "eng", "servers", $"{name}.sh"), builder.AppHostDirectory,
                    ["--port", $"{port}", "--data", folder.ServerPath(name), .. arguments])
                .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
                .WithHealthCheck(check);
        }
    }

    private static void TellWhatIsMissing(IDistributedApplicationBuilder builder)
    {
        using var check = Process.Start(Path.Combine(builder.AppHostDirectory, "..", "eng", "prerequisites.sh"), "--check");
        check.WaitForExit();
        if (check.ExitCode != 0)
            Environment.Exit(1);
    }

    private static bool UseContainers() => Environment.GetEnvironmentVariable("RAPIDA_SERVERS") switch
    {
        "native" => false,
        "containers" => true,
        _ => RuntimeRuns("docker") || RuntimeRuns("podman"),
    };

    private static bool RuntimeRuns(string runtime)
    {
        try
        {
            using var info = Process.Start(new ProcessStartInfo(runtime, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return info.WaitForExit(RuntimeAnswers) && info.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // Not installed.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
