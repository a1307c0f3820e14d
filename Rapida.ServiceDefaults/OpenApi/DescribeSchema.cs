using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>Says of fields what is true of them here: which are always there, and which words they may hold.</summary>
internal sealed class DescribeSchema : IOpenApiSchemaTransformer
{
    private const JsonSchemaType Numeric = JsonSchemaType.Integer | JsonSchemaType.Number;

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Numbers are also read from text, for whoever sends them so. It is not what anybody should do.
        if ((schema.Type & Numeric) != 0 && (schema.Type & JsonSchemaType.String) != 0)
            (schema.Type, schema.Pattern) = (schema.Type & ~JsonSchemaType.String, null);

        // The framework knows nothing of a text that is read by a converter of its own: such a one takes a number, too.
        if (schema.Type is null && context.JsonTypeInfo.Type == typeof(string))
            schema.Type = JsonSchemaType.String | JsonSchemaType.Integer | JsonSchemaType.Null;

        if (context.JsonPropertyInfo is { } property)
        {
            if (Has<RequiredAttribute>(property) is not null)
                schema.Type &= ~JsonSchemaType.Null;
            if (Has<AllowedValuesAttribute>(property) is { } allowed)
                (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. allowed.Values.Select(value => (JsonNode)(string)value!)]);
        }

        if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object)
        {
            var isTaken = IsTaken(context.JsonTypeInfo.Type);
            schema.Required = context.JsonTypeInfo.Properties
                .Where(field => schema.Properties?.ContainsKey(field.Name) is true)
                .Where(field => isTaken ? Has<RequiredAttribute>(field) is not null : field.ShouldSerialize is null)
                .Select(field => field.Name)
                .ToHashSet();
        }

        return Task.CompletedTask;
    }

    // By the names that such types have here. What a request leaves out the service checks; an answer has all of its fields, if need be null.
    private static bool IsTaken(Type type) =>
        type.Name.EndsWith("Body", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal);

    private static T? Has<T>(JsonPropertyInfo property)
        where T : Attribute => property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
