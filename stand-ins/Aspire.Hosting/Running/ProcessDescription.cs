using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Environment = System.Environment;

namespace Aspire.Hosting.Running;

/// <summary>Turns a resource into the command line, folder and environment of one of its replicas.</summary>
internal sealed class ProcessDescription(DistributedApplicationExecutionContext executionContext, ProjectTargets targets)
{
    // Meant for the AppHost itself, which is started with a launch profile too.
    private static readonly string[] OnlyOurs =
        ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_LAUNCH_PROFILE"];

    public async Task<Command> BuildAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = resource, Replica = replica };
        var id = NameOf(resource, replica);
        var environment = await EnvironmentAsync(resource, context, cancellationToken);
        var arguments = await ArgumentsAsync(resource, context, cancellationToken);

        if (resource is ExecutableResource executable)
        {
            var program = FindProgram(executable.Command, executable.WorkingDirectory, environment.GetValueOrDefault("PATH"));
            return new Command("start", id, program, [.. arguments], executable.WorkingDirectory, environment);
        }

        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={id}";
        var project = resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var target = await targets.FindAsync(project, cancellationToken);
        return new Command("start", id, Supervisor.Dotnet, [target, .. arguments], Path.GetDirectoryName(project), environment);
    }

    public static string NameOf(IResource resource, int replica)
        => resource.GetReplicaCount() == 1 ? resource.Name : string.Create(CultureInfo.InvariantCulture, $"{resource.Name}-{replica + 1}");

    private async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource, ValueProviderContext values, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList()) await annotation.Callback(context);

        var environment = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry inherited in Environment.GetEnvironmentVariables())
        {
            if (!OnlyOurs.Contains(inherited.Key)) environment[(string)inherited.Key] = (string)inherited.Value!;
        }

        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await TextAsync(value, values, cancellationToken) is { } text) environment[name] = text;
        }

        return environment;
    }

    private async Task<List<string>> ArgumentsAsync(IResource resource, ValueProviderContext values, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList()) await annotation.Callback(context);

        var arguments = new List<string>();
        foreach (var argument in context.Args)
        {
            if (await TextAsync(argument, values, cancellationToken) is { } text) arguments.Add(text);
        }

        return arguments;
    }

    private static async Task<string?> TextAsync(object value, ValueProviderContext context, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(context, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(context, cancellationToken),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string FindProgram(string command, string directory, string? path)
    {
        var candidates = command.Contains('/')
            ? [Path.GetFullPath(command, directory)]
            : (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, command));
        return candidates.FirstOrDefault(File.Exists) ?? throw new DistributedApplicationException($"There is no program '{command}'.");
    }
}
