using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace StandIns.Tests.Aspire;

/// <summary>What becomes of resources when something does not go as planned, on small programs of the machine.</summary>
public sealed class OrchestrationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    [Fact]
    public async Task Who_waits_for_a_completion_with_another_exit_code_does_not_start()
    {
        var migrations = Bash("migrations", "exit 3");
        Bash("service", "sleep 1000").WaitForCompletion(migrations);

        await using var app = await StartAsync();

        Assert.Equal(3, await ExitCodeAsync(app, "migrations"));
        Assert.Equal(KnownResourceStates.FailedToStart, await StateAsync(app, "service"));
    }

    [Fact]
    public async Task A_completion_with_the_expected_exit_code_is_waited_for()
    {
        var probe = Bash("probe", "exit 7");
        Bash("service", "sleep 1000").WaitForCompletion(probe, exitCode: 7);

        await using var app = await StartAsync();

        Assert.Equal(KnownResourceStates.Running, await StateAsync(app, "service"));
    }

    [Fact]
    public async Task Who_waits_for_a_server_that_dies_before_it_is_healthy_does_not_start()
    {
        _builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var server = Bash("server", "sleep 0.2; exit 1").WithHealthCheck("never");
        Bash("service", "sleep 1000").WaitFor(server);

        await using var app = await StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, await StateAsync(app, "service"));
        await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            app.ResourceNotifications.WaitForResourceHealthyAsync("server", WaitBehavior.StopOnResourceUnavailable).WaitAsync(Limit));
    }

    [Fact]
    public async Task Health_decides_when_a_resource_is_ready_and_start_is_enough_for_who_waits_only_for_that()
    {
        var healthy = false;
        _builder.Services.AddHealthChecks().AddCheck("slow", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var server = Bash("server", "sleep 1000").WithHealthCheck("slow");
        var eager = Bash("eager", "sleep 1000").WaitForStart(server);
        var patient = Bash("patient", "sleep 1000").WaitFor(server);
        var ready = new List<string>();
        foreach (var resource in new[] { server, eager, patient })
        {
            _builder.Eventing.Subscribe<ResourceReadyEvent>(resource.Resource, (@event, _) =>
            {
                lock (ready) ready.Add(@event.Resource.Name);
                healthy |= @event.Resource.Name == "eager";
                return Task.CompletedTask;
            });
        }

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("patient").WaitAsync(Limit);

        Assert.Equal(["eager", "server", "patient"], ready);
    }

    [Fact]
    public async Task A_program_that_is_missing_fails_alone()
    {
        _builder.AddExecutable("missing", "no-such-program", ".");
        Bash("service", "sleep 1000");

        await using var app = await StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, await StateAsync(app, "missing"));
        Assert.Equal(KnownResourceStates.Running, await StateAsync(app, "service"));
    }

    [Fact]
    public async Task A_parameter_comes_from_the_configuration_and_one_without_a_value_stops_only_who_uses_it()
    {
        _builder.Configuration["Parameters:given"] = "configured";
        var given = _builder.AddParameter("given");
        var missing = _builder.AddParameter("not-given");
        Bash("good", "[ $VALUE = configured ]").WithEnvironment("VALUE", given);
        Bash("bad", "true").WithEnvironment("VALUE", missing);

        await using var app = await StartAsync();

        Assert.Equal(0, await ExitCodeAsync(app, "good"));
        Assert.Equal(KnownResourceStates.ValueMissing, await StateAsync(app, "not-given"));
        Assert.Equal(KnownResourceStates.FailedToStart, await StateAsync(app, "bad"));
    }

    [Fact]
    public async Task An_expression_escapes_what_it_is_asked_to_and_keeps_braces()
    {
        var password = _builder.AddParameter("password", "p@ss/{0}", secret: true);

        var uri = ReferenceExpression.Create($"amqp://guest:{password.Resource:uri}@{{host}}/{password}");

        Assert.Equal("amqp://guest:p%40ss%2F%7B0%7D@{host}/p@ss/{0}", await uri.GetValueAsync(CancellationToken.None));
        Assert.Equal("amqp://guest:{password-uri-encoded.value}@{host}/{password.value}", uri.ValueExpression);
    }

    [Fact]
    public async Task What_starts_only_on_request_is_not_waited_for()
    {
        Bash("later", "sleep 1000").WithExplicitStart();

        await using var app = await StartAsync();

        Assert.Equal(KnownResourceStates.NotStarted, await StateAsync(app, "later"));
    }

    [Fact]
    public async Task A_container_in_run_mode_says_that_it_needs_the_official_packages()
    {
        _builder.AddPostgres("pg");
        await using var app = _builder.Build();

        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => app.StartAsync());

        Assert.Contains("'pg' is a container", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_wait_for_each_other_are_named()
    {
        var first = Bash("first", "true");
        var second = Bash("second", "true").WaitFor(first);
        first.WaitFor(second);
        await using var app = _builder.Build();

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("first, second", refusal.Message, StringComparison.Ordinal);
    }

    private IResourceBuilder<ExecutableResource> Bash(string name, string script) => _builder.AddExecutable(name, "bash", ".", "-c", script);

    private async Task<DistributedApplication> StartAsync()
    {
        var app = _builder.Build();
        await app.StartAsync().WaitAsync(Limit);
        return app;
    }

    private static async Task<int?> ExitCodeAsync(DistributedApplication app, string name)
        => (await app.ResourceNotifications.WaitForResourceAsync(name, update => update.Snapshot.ExitCode is not null).WaitAsync(Limit)).Snapshot.ExitCode;

    private static Task<string> StateAsync(DistributedApplication app, string name) => app.ResourceNotifications.WaitForResourceAsync(
        name,
        [KnownResourceStates.Running, KnownResourceStates.FailedToStart, KnownResourceStates.NotStarted, KnownResourceStates.ValueMissing]).WaitAsync(Limit);
}
