using Rapida.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var folder = DataFolder.Open(builder);

// Made once, so that a second run reads the first one's data. Never in the manifest.
var secrets = new Secrets(builder, folder);
var demo = new DemoTenant(builder, secrets);

// PostgreSQL, Redis, RabbitMQ: containers, or native servers where no container runtime answers.
var servers = Servers.Add(builder, folder, "vault-db", "deployments-db", "calls-db", "recordings-db");
var (vaultDb, deploymentsDb, callsDb, recordingsDb) =
    (servers.Database("vault-db"), servers.Database("deployments-db"), servers.Database("calls-db"), servers.Database("recordings-db"));

var migrations = builder.AddProject<Projects.Rapida_Migrations>("migrations")
    .WithReference(vaultDb).WithReference(deploymentsDb).WithReference(callsDb).WithReference(recordingsDb)
    .WaitFor(vaultDb).WaitFor(deploymentsDb).WaitFor(callsDb).WaitFor(recordingsDb)
    .WithVaultKeys(secrets).WithDemoTenant(demo);

var vault = builder.AddProject<Projects.Rapida_Vault>("vault").AsService(secrets)
    .WithReference(vaultDb).WithReference(servers.Broker).WaitFor(servers.Broker).WaitForCompletion(migrations)
    .WithVaultKeys(secrets);

var deployments = builder.AddProject<Projects.Rapida_Deployments>("deployments").AsService(secrets)
    .WithReference(deploymentsDb).WithReference(servers.Broker).WaitFor(servers.Broker).WaitForCompletion(migrations)
    .WithReference(vault);

var calls = builder.AddProject<Projects.Rapida_CallControl>("calls").AsService(secrets)
    .WithReference(callsDb).WithReference(servers.Broker).WithReference(servers.Cache)
    .WaitFor(servers.Broker).WaitFor(servers.Cache).WaitForCompletion(migrations)
    .WithReference(vault).WithReference(deployments)
    .WithCallKeys(secrets);

// They ask one another: none waits for the other's start.
vault.WithReference(deployments).WithReference(calls);

var recordings = builder.AddProject<Projects.Rapida_Recording>("recordings").AsService(secrets)
    .WithReference(recordingsDb).WithReference(servers.Broker).WaitFor(servers.Broker).WaitForCompletion(migrations)
    .WithReference(vault).WithReference(calls);

var media = builder.AddProject<Projects.Rapida_MediaRelay>("media").AsService(secrets)
    .WithReference(calls).WithReference(recordings).WithReference(vault).WaitFor(calls).WaitFor(recordings)
    .WithContextKey(secrets).WithSocketsOnOneThread()
    .WithExternalHttpEndpoints();

var gateway = builder.AddProject<Projects.Rapida_Gateway>("gateway").AsService(secrets, hasGrpc: false)
    .WithReference(servers.Cache).WaitFor(servers.Cache)
    .WithReference(vault).WithReference(deployments).WithReference(calls).WithReference(recordings)
    .WaitFor(vault).WaitFor(deployments).WaitFor(calls).WaitFor(recordings).WaitFor(media)
    .WithSocketsOnOneThread()
    .WithExternalHttpEndpoints();

calls.WithPublicUrls(gateway, media);
media.WithPublicUrls(gateway, media);

if (builder.ExecutionContext.IsRunMode)
{
    recordings.WithEnvironment("Recording__DataFolder", folder.Path("recordings"));

    // Puts together what people say on the telephone, and is done.
    var person = builder.AddProject<Projects.Rapida_Call>("person").WithArgs("--compose").WithEnvironment("RAPIDA_DATA", folder.Path());

    // A Twilio on this machine: it knows nothing of us but a number's webhook.
    var emulator = builder.AddProject<Projects.Rapida_TwilioEmulator>("emulator")
        .WithHttpHealthCheck("/health").OnFreePort().WaitFor(gateway).WaitForCompletion(person)
        .WithDemoNumber(demo, gateway, folder).WithPeople(folder);
    calls.WithEnvironment("Twilio__ApiBaseUrl", emulator.GetEndpoint("http"));
    builder.TellWhenReady(demo, folder, gateway, media, emulator);
}

builder.Build().Run();
