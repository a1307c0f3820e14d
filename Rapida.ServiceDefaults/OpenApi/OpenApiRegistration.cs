using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Rapida.ServiceDefaults.Access;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>
/// Lets a service describe its part of the public API. The service serves nothing of it: its tests compare it with <c>docs/openapi.json</c>, which the
/// gateway serves.
/// </summary>
public static class OpenApiRegistration
{
    /// <summary>The name of the document.</summary>
    public const string Document = "v1";

    private static readonly string[] Suffixes = ["Answer", "View", "Json"];

    internal static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // Twilio's webhooks and health checks ask for no key: they are not the public API.
        options.ShouldInclude = operation => operation.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().Any();
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? PublicName(name) : null;
        options.AddSchemaTransformer<DescribeSchema>();
        options.AddOperationTransformer<DescribeOperation>();
        options.AddDocumentTransformer<DescribeDocument>();
    });

    // CredentialAnswer is for whoever reads the code; outside it is a Credential.
    private static string PublicName(string name) =>
        Suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix ? name[..^suffix.Length] : name;
}
