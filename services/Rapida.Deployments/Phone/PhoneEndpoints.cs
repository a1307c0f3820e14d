using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Deployments.Phone;

/// <summary>REST: <c>/v1/assistants/{id}/deployments/phone</c>. What GET answers can be PUT again.</summary>
internal static class PhoneEndpoints
{
    private const string Route = "/v1/assistants/{id}/deployments/phone";

    public static void MapPhoneEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapPut(Route, SaveAsync).RequireScope(Scopes.DeploymentsWrite);
        app.MapGet(Route, GetAsync).RequireScope(Scopes.DeploymentsRead);
    }

    private static async Task<Ok<PhoneAnswer>> SaveAsync(
        string id, PhoneSettings body, ApiKeyHolder holder, SavePhoneDeployment save, CancellationToken cancellationToken)
    {
        var command = SavePhoneDeploymentCommand.Parse(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), body).ValueOrThrow();
        return TypedResults.Ok(PhoneAnswer.Of((await save.ExecuteAsync(command, cancellationToken)).ValueOrThrow()));
    }

    private static async Task<Ok<PhoneAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindPhoneDeployment find, CancellationToken cancellationToken)
    {
        var phone = await find.GetAsync(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(PhoneAnswer.Of(phone.ValueOrThrow()));
    }

    private sealed record PhoneAnswer(
        string AssistantId, int Revision, string Provider, Guid CredentialId, string PhoneNumber,
        string Greeting, bool GreetingInterruptible, string ErrorMessage,
        double IdleTimeoutSeconds, string IdleMessage, int IdleRetries, double MaxDurationSeconds,
        ProviderChoice? SpeechToText, ProviderChoice? TextToSpeech, IReadOnlyDictionary<string, string> TransferTargets, bool SendKeys,
        DateTimeOffset CreatedAt)
    {
        public static PhoneAnswer Of(PhoneDeployment phone) => new(
            phone.AssistantId.ToString(), phone.Revision, phone.Provider, phone.CredentialId, phone.PhoneNumber,
            phone.Experience.Greeting, phone.Experience.GreetingInterruptible, phone.Experience.ErrorMessage,
            phone.Experience.IdleTimeout.TotalSeconds, phone.Experience.IdleMessage, phone.Experience.IdleRetries,
            phone.Experience.MaxDuration.TotalSeconds, phone.SpeechToText, phone.TextToSpeech, phone.TransferTargets, phone.SendKeys,
            phone.CreatedAt);
    }
}
