using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The manifest in the order of the official one: the resources of the model, then what they refer to beyond it.</summary>
internal sealed class ManifestWriter(
    DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext, Utf8JsonWriter json, string folder)
{
    private readonly ManifestReferences _references = new(model);
    private readonly ManifestBindings _bindings = new();

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteStartObject("resources");
        foreach (var resource in model.Resources.Where(resource => !resource.IsExcludedFromPublish()))
            await WriteResourceAsync(resource, cancellationToken);
        while (_references.TakeParameter() is { } parameter) WriteParameter(parameter);
        foreach (var (name, parameter) in _references.TakeEncoded(of: null)) WriteEncoded(name, parameter);
        foreach (var conditional in _references.Conditionals) await WriteConditionalAsync(conditional, cancellationToken);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task WriteResourceAsync(IResource resource, CancellationToken cancellationToken)
    {
        switch (resource)
        {
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case ContainerResource container:
                await WriteContainerAsync(container, cancellationToken);
                break;
            case ProjectResource project:
                await WriteProjectAsync(project, cancellationToken);
                break;
            case ExecutableResource executable:
                await WriteExecutableAsync(executable, cancellationToken);
                break;
            case IResourceWithConnectionString value:
                WriteValue(value.Name, _references.Expression(value.ConnectionStringExpression));
                break;
            default:
                json.WriteStartObject(resource.Name);
                json.WriteString("error", "This resource does not support generation in the manifest.");
                json.WriteEndObject();
                break;
        }
    }

    private void WriteParameter(ParameterResource parameter)
    {
        json.WriteStartObject(parameter.Name);
        json.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString) json.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        if (parameter.Secret) json.WriteBoolean("secret", true);
        if (parameter.Default is { } given) WriteDefault(given);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var (name, encoded) in _references.TakeEncoded(parameter)) WriteEncoded(name, encoded);
    }

    private void WriteDefault(ParameterDefault given)
    {
        json.WriteStartObject("default");
        if (given is GenerateParameterDefault generate)
        {
            json.WriteStartObject("generate");
            json.WriteNumber("minLength", generate.MinLength);
            foreach (var (name, allowed) in new[] { ("lower", generate.Lower), ("upper", generate.Upper), ("numeric", generate.Numeric), ("special", generate.Special) })
            {
                if (!allowed) json.WriteBoolean(name, false);
            }

            foreach (var (name, least) in new[] { ("minLower", generate.MinLower), ("minUpper", generate.MinUpper), ("minNumeric", generate.MinNumeric), ("minSpecial", generate.MinSpecial) })
            {
                if (least > 0) json.WriteNumber(name, least);
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteString("value", given.GetDefaultValue());
        }

        json.WriteEndObject();
    }

    private void WriteEncoded(string name, ParameterResource parameter)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "annotated.string");
        json.WriteString("value", parameter.ValueExpression);
        json.WriteString("filter", "uri");
        json.WriteEndObject();
    }

    private async Task WriteConditionalAsync(ReferenceExpression conditional, CancellationToken cancellationToken)
    {
        var actual = await conditional.Condition!.GetValueAsync(cancellationToken);
        var chosen = string.Equals(actual, conditional.MatchValue, StringComparison.OrdinalIgnoreCase) ? conditional.WhenTrue! : conditional.WhenFalse!;
        WriteValue(conditional.Name!, chosen.ValueExpression);
    }

    private void WriteValue(string name, string expression)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "value.v0");
        json.WriteString("connectionString", expression);
        json.WriteEndObject();
    }

    private async Task WriteContainerAsync(ContainerResource container, CancellationToken cancellationToken)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        json.WriteStartObject(container.Name);
        json.WriteString("type", "container.v1");
        if (container is IResourceWithConnectionString value) json.WriteString("connectionString", _references.Expression(value.ConnectionStringExpression));
        json.WriteString("image", $"{(image.Registry is { } registry ? registry + "/" : "")}{image.Image}:{image.Tag ?? "latest"}");
        if (container.Entrypoint is { } entrypoint) json.WriteString("entrypoint", entrypoint);
        await WriteArgumentsAsync(container, cancellationToken);
        WriteMounts(container, ContainerMountType.Volume, "volumes", "name", mount => mount.Source);
        WriteMounts(container, ContainerMountType.BindMount, "bindMounts", "source", mount => mount.Source is { } source ? Relative(source) : null);
        await WriteEnvironmentAsync(container, cancellationToken);
        _bindings.Write(container, json);
        json.WriteEndObject();
    }

    private void WriteMounts(ContainerResource container, ContainerMountType type, string list, string sourceName, Func<ContainerMountAnnotation, string?> source)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == type).ToList();
        if (mounts.Count == 0) return;

        json.WriteStartArray(list);
        foreach (var mount in mounts)
        {
            json.WriteStartObject();
            if (source(mount) is { } text) json.WriteString(sourceName, text);
            json.WriteString("target", mount.Target);
            json.WriteBoolean("readOnly", mount.IsReadOnly);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private async Task WriteProjectAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        json.WriteStartObject(project.Name);
        json.WriteString("type", "project.v1");
        json.WriteString("path", Relative(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath));
        await WriteArgumentsAsync(project, cancellationToken);
        await WriteEnvironmentAsync(project, cancellationToken);
        _bindings.Write(project, json);
        json.WriteEndObject();
    }

    private async Task WriteExecutableAsync(ExecutableResource executable, CancellationToken cancellationToken)
    {
        json.WriteStartObject(executable.Name);
        json.WriteString("type", "executable.v0");
        json.WriteString("workingDirectory", Relative(executable.WorkingDirectory));
        json.WriteString("command", executable.Command);
        await WriteArgumentsAsync(executable, cancellationToken);
        await WriteEnvironmentAsync(executable, cancellationToken);
        _bindings.Write(executable, json);
        json.WriteEndObject();
    }

    private async Task WriteArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList()) await annotation.Callback(context);
        if (context.Args.Count == 0) return;

        json.WriteStartArray("args");
        foreach (var argument in context.Args) json.WriteStringValue(Text(argument));
        json.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList()) await annotation.Callback(context);
        if (context.EnvironmentVariables.Count == 0) return;

        json.WriteStartObject("env");
        foreach (var (name, value) in context.EnvironmentVariables) json.WriteString(name, Text(value));
        json.WriteEndObject();
    }

    private string Text(object value) => value switch
    {
        string text => text,
        IManifestExpressionProvider expression => _references.Expression(expression),
        IResourceBuilder<IResource> { Resource: IManifestExpressionProvider expression } => _references.Expression(expression),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private string Relative(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
