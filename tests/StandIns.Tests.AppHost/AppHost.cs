using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

// The shape of our own AppHost in native mode, with everything small: a server that starts a process of its own, a connection
// string, a migration, a service in two replicas, and another service that refers to it.
var builder = DistributedApplication.CreateBuilder(args);
var started = Path.Combine(Path.GetTempPath(), $"stand-ins-server-{Environment.ProcessId}");
builder.Services.AddHealthChecks().AddCheck("server-up", () => File.Exists(started) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());

var key = builder.AddParameter("api-key", () => "not for logs", secret: true);
var server = builder.AddExecutable(
        "server", "bash", ".", "-c", "sleep 1234 & sleep 0.2; trap 'echo server ends; rm -f $STARTED; kill %1; exit 0' TERM; touch $STARTED; echo server is up; wait")
    .WithEnvironment("STARTED", started)
    .WithEndpoint(name: "tcp", env: "SERVER_PORT")
    .WithHealthCheck("server-up");
var database = builder.AddConnectionString(
        "some-db", ReferenceExpression.Create($"Host={server.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)};Password={key}"))
    .WaitFor(server);
var migrations = builder.AddExecutable("migrations", "bash", ".", "-c", "echo migrating with $ConnectionStrings__some_db; sleep 0.2; echo migrated")
    .WithReference(database, "some_db")
    .WaitFor(database);
var api = builder.AddProject<Projects.StandIns_Tests_Service>("api")
    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
    .WithReference(database)
    .WithEnvironment("API_KEY", key)
    .WaitForCompletion(migrations)
    .WithHttpHealthCheck("/health")
    .WithReplicas(2);
var web = builder.AddProject<Projects.StandIns_Tests_Service>("web")
    .WithReference(api)
    .WithEnvironment("GREETING", $"{api.GetEndpoint("http")}/hello")
    .WaitFor(api)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints();

await using var app = builder.Build();
await app.StartAsync();
try
{
    await app.ResourceNotifications.WaitForResourceHealthyAsync("web");
    Console.WriteLine($"ADDRESSES {api.GetEndpoint("http").Url} {api.GetEndpoint("grpc").Url} {web.GetEndpoint("http").Url}");
}
catch (OperationCanceledException)
{
    // Stopped while it was starting.
}

await app.WaitForShutdownAsync();
