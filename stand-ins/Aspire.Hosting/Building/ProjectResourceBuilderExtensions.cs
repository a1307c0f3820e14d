using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), new ProjectResourceOptions());

    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
        => Add(builder, name, At(builder, projectPath), new ProjectResourceOptions());

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName) where TProject : IProjectMetadata, new()
        => Add(builder, name, new TProject(), Profile(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName)
        => Add(builder, name, At(builder, projectPath), Profile(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure) where TProject : IProjectMetadata, new()
        => Add(builder, name, new TProject(), Configured(configure));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure)
        => Add(builder, name, At(builder, projectPath), Configured(configure));

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
        => builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    private static ProjectMetadata At(IDistributedApplicationBuilder builder, string projectPath)
        => new(Path.GetFullPath(projectPath, builder.AppHostDirectory));

    private static ProjectResourceOptions Profile(string? name) => new() { LaunchProfileName = name, ExcludeLaunchProfile = name is null };

    private static ProjectResourceOptions Configured(Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private static IResourceBuilder<ProjectResource> Add(
        IDistributedApplicationBuilder builder, string name, IProjectMetadata project, ProjectResourceOptions options)
    {
        var resource = builder.AddResource(new ProjectResource(name)).WithAnnotation(project);
        var launch = options.ExcludeLaunchProfile
            ? null
            : (project.LaunchSettings ?? LaunchSettings.Read(project.ProjectPath))?.Choose(options.LaunchProfileName);

        if (launch is { } chosen)
        {
            AddEndpoints(resource, chosen.Profile);
            if (builder.ExecutionContext.IsRunMode) resource.WithEnvironment(context => Launch(context, chosen.Name, chosen.Profile));
        }

        resource.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        resource.WithEnvironment(context => Listen(context, resource.Resource));
        resource.WithEnvironment(context => Report(context, resource.Resource, builder.Configuration));
        return resource;
    }

    private static void AddEndpoints(IResourceBuilder<ProjectResource> resource, LaunchProfile profile)
    {
        foreach (var url in profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var uri = new Uri(url);
            var same = resource.Resource.GetEndpoints().Count(endpoint => endpoint.Scheme == uri.Scheme);
            var fixedPort = resource.ApplicationBuilder.ExecutionContext.IsRunMode && uri.Port > 0 ? uri.Port : (int?)null;
            resource.WithAnnotation(new EndpointAnnotation(
                ProtocolType.Tcp, uri.Scheme, name: same == 0 ? uri.Scheme : $"{uri.Scheme}{same + 1}", port: fixedPort)
            {
                TlsEnabled = uri.Scheme == "https",
            });
        }
    }

    private static void Launch(EnvironmentCallbackContext context, string name, LaunchProfile profile)
    {
        context.EnvironmentVariables["DOTNET_LAUNCH_PROFILE"] = name;
        foreach (var (variable, value) in profile.EnvironmentVariables) context.EnvironmentVariables[variable] = Environment.ExpandEnvironmentVariables(value);
    }

    // An endpoint with a variable of its own is the project's to open; Kestrel opens the others.
    private static void Listen(EnvironmentCallbackContext context, ProjectResource resource)
    {
        var endpoints = resource.GetEndpoints().Where(endpoint =>
            endpoint.Scheme is "http" or "https" && endpoint.EndpointAnnotation.TargetPortEnvironmentVariable is null).ToList();
        if (endpoints.Count == 0) return;

        if (context.ExecutionContext.IsPublishMode)
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            if (Join(endpoints.Where(endpoint => endpoint.IsHttp), "", ";") is { } ports) context.EnvironmentVariables["HTTP_PORTS"] = ports;
            return;
        }

        context.EnvironmentVariables["ASPNETCORE_URLS"] = Join(endpoints, "://localhost:", ";")!;
    }

    private static ReferenceExpression? Join(IEnumerable<EndpointReference> endpoints, string between, string separator)
    {
        var text = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!text.IsEmpty) text.AppendLiteral(separator);
            if (between.Length > 0) text.AppendLiteral(endpoint.Scheme + between);
            text.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
        }

        return text.IsEmpty ? null : text.Build();
    }

    private static void Report(EnvironmentCallbackContext context, ProjectResource resource, ConfigurationManager configuration)
    {
        if (context.ExecutionContext.IsPublishMode) return;
        context.EnvironmentVariables["OTEL_SERVICE_NAME"] = resource.Name;
        var receiver = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
        if (string.IsNullOrEmpty(receiver)) return;

        context.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver;
        context.EnvironmentVariables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        if (configuration["AppHost:OtlpApiKey"] is { } key) context.EnvironmentVariables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
    }
}
