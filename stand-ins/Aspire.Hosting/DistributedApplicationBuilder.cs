using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Publishing:OutputPath",
    };

    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? Metadata("apphostprojectpath") ?? Directory.GetCurrentDirectory();
        AppHostName = Metadata("apphostprojectname") ?? AppHostAssembly?.GetName().Name ?? "AppHost";
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = AppHostAssembly?.GetName().Name,
            ContentRootPath = AppHostDirectory,
        });
        if (options.Args is { Length: > 0 } args) Configuration.AddCommandLine(args, Switches);
        ExecutionContext = DecideOperation();
        AddServices();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IDistributedApplicationPipeline Pipeline => throw Unavailable.Because("A deployment pipeline");

    public IFileSystemService FileSystemService => throw Unavailable.Because("The file system service");

    public IUserSecretsManager UserSecretsManager => throw Unavailable.Because("The user secrets manager");

    internal string AppHostName { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.TryGetByName(resource.Name, out var other))
            throw new DistributedApplicationException($"'{resource.Name}' is the name of another resource already ({other.GetType().Name}).");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(_host.Build());

    private DistributedApplicationExecutionContext DecideOperation()
    {
        var publisher = Configuration["Publishing:Publisher"];
        var publishes = publisher is not null || string.Equals(Configuration["AppHost:Operation"], "publish", StringComparison.OrdinalIgnoreCase);
        return publishes
            ? new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish, publisher ?? "default")
            : new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
    }

    private void AddServices()
    {
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton(services => new ResourceNotificationService(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        Services.AddHealthChecks();
        Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        Services.AddSingleton<LogStream>();
        _host.Logging.ClearProviders();
        _host.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        // Its reports of failed checks are ours to make: a server that is still starting is not an error.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        Services.AddSingleton<ILoggerProvider, LogStreamProvider>();

        if (ExecutionContext.IsPublishMode)
        {
            Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ManifestPublisher>(services));
            return;
        }

        Services.AddSingleton<Supervisor>();
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton<DependencyWait>();
        Services.AddSingleton<ProcessDescription>();
        Services.AddSingleton(new ProjectTargets(AppHostAssembly));
        Services.AddHostedService<ParentWatch>();
        Services.AddHostedService<Orchestrator>();
    }

    private string? Metadata(string key) => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
