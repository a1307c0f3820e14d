using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Rapida.ServiceDefaults.Access;

namespace Rapida.ServiceDefaults.OpenApi;

/// <summary>What all services' parts of the document have in common.</summary>
internal sealed class DescribeDocument : IOpenApiDocumentTransformer
{
    public const string KeyScheme = "api_key";

    private const string About = """
        AI phone calls over Twilio: store a Twilio credential, make an assistant, give it a prompt and a language model, let it answer a number;
        then read its calls, conversations and recordings.

        First steps, until a telephone rings:

        1. [Store the Twilio credential](/docs#createCredential): the account's SID and token.
        2. [Make an assistant](/docs#createAssistant).
        3. [Give it a version](/docs#createAssistantVersion): what it is told, and the model that thinks.
        4. [Save its phone deployment](/docs#savePhoneDeployment): the credential, a number of that account, who listens and who speaks.
        5. [Make a webhook key](/docs#createApiKey): one with the scope `webhook` alone, for it will stand in the number's URL at Twilio.
        6. [Set the number up](/docs#setUpNumber): first without `apply`, to see what would change, then with it. Calls to the number are answered now.
        7. [Place a call](/docs#placeCall), or ring the number yourself.
        8. Read what became of it: [what happened](/docs#listCallEvents), [what was said](/docs#getConversation), [how it sounded](/docs#downloadRecording).

        Every request carries an API key in the header `x-api-key`. A key belongs to one project, and sees and changes nothing of another's: what is
        another's is answered as what does not exist.

        Bodies are JSON in UTF-8. Names are in snake_case, ids are strings, times are RFC 3339 in UTC, durations say their unit. New fields
        may be added to answers: ignore what you do not know. A list that has more ends in a `next_page_token`.

        Whatever goes wrong is answered as problem details (RFC 9457, `application/problem+json`) with a `code` to program against and a `detail` that
        says what to change. Every answer tells in `RateLimit` and `RateLimit-Policy` how many more requests the key and the address may send.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = "Rapida", Version = "1", Description = About };
        document.Servers = [new() { Url = "/", Description = "The gateway that serves this document." }];
        document.Tags = context.DescriptionGroups
            .SelectMany(group => group.Items)
            .SelectMany(operation => operation.ActionDescriptor.EndpointMetadata.OfType<Section>())
            .Distinct()
            .Select(section => new OpenApiTag { Name = section.Name, Description = section.Description })
            .ToHashSet();

        document.AddComponent(ProblemSchema.Name, ProblemSchema.Schema);
        document.AddComponent(KeyScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = RequireApiKey.Header,
            Description = $"A key of your project. Each operation names the scope that it needs: {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}.",
        });
        foreach (var answer in (SharedAnswer[])[.. SharedAnswer.Always, .. SharedAnswer.WithBody, SharedAnswer.Unreadable])
            document.AddComponent(answer.Name, answer.ToResponse());
        return Task.CompletedTask;
    }
}
