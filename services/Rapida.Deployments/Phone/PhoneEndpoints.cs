using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Providers;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;

namespace Rapida.Deployments.Phone;

/// <summary>REST: <c>/v1/assistants/{id}/deployments/phone</c>. What GET answers can be PUT again.</summary>
internal static class PhoneEndpoints
{
    private const string Route = "/v1/assistants/{id}/deployments/phone";

    public static void MapPhoneEndpoints(this IEndpointRouteBuilder app)
    {
        var phones = app.MapGroup(Route).WithParameter("id", "The assistant's number.", AssistantExamples.Id)
            .InSection("Phone deployments", "Where an assistant answers, and how its calls feel.");
        phones.MapPut("", SaveAsync).RequireScope(Scopes.DeploymentsWrite)
            .Describe(
                "savePhoneDeployment", "Saves where and how an assistant answers.",
                "It is live at once, and is given whole: what is left out takes its default, and does not stay as it was. Calls in progress keep what they began with. "
                + "Then `POST /v1/numbers/setup` points the number at the assistant; by hand, its voice webhook at Twilio is "
                + "`/v1/talk/twilio/call/<assistant id>?x-api-key=<a key with the scope webhook>`.")
            .WithRequestExample(PhoneExamples.Save)
            .WithAnswerExample(PhoneExamples.Saved)
            .WithProblems([AssistantProblems.Unknown, .. PhoneProblems.OfSettings]);
        phones.MapGet("", GetAsync).RequireScope(Scopes.DeploymentsRead)
            .Describe("getPhoneDeployment", "Shows where and how an assistant answers.", "What is answered can be `PUT` again.")
            .WithAnswerExample(PhoneExamples.Saved)
            .WithProblems(AssistantProblems.Unknown, PhoneProblems.NotDeployed);
    }

    private static async Task<Ok<PhoneDeploymentAnswer>> SaveAsync(
        string id, PhoneSettings body, ApiKeyHolder holder, SavePhoneDeployment save, CancellationToken cancellationToken)
    {
        var command = SavePhoneDeploymentCommand.Parse(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), body).ValueOrThrow();
        return TypedResults.Ok(PhoneDeploymentAnswer.Of((await save.ExecuteAsync(command, cancellationToken)).ValueOrThrow()));
    }

    private static async Task<Ok<PhoneDeploymentAnswer>> GetAsync(
        string id, ApiKeyHolder holder, FindPhoneDeployment find, CancellationToken cancellationToken)
    {
        var phone = await find.GetAsync(holder.ProjectId, AssistantId.Parse(id).ValueOrThrow(), cancellationToken);
        return TypedResults.Ok(PhoneDeploymentAnswer.Of(phone.ValueOrThrow()));
    }

    private sealed record PhoneDeploymentAnswer(
        string AssistantId, [property: Description("Counts the saves, from 1.")] int Revision, string Provider, Guid CredentialId, string PhoneNumber,
        string Greeting, bool GreetingInterruptible, string ErrorMessage,
        double IdleTimeoutSeconds, string IdleMessage, int IdleRetries, double MaxDurationSeconds,
        ProviderChoice? SpeechToText, ProviderChoice? TextToSpeech, IReadOnlyDictionary<string, string> TransferTargets, bool SendKeys,
        [property: AllowedValues(Phone.MachineDetection.Off, Phone.MachineDetection.HangUp, Phone.MachineDetection.Continue)] string MachineDetection,
        DateTimeOffset CreatedAt)
    {
        public static PhoneDeploymentAnswer Of(PhoneDeployment phone) => new(
            phone.AssistantId.ToString(), phone.Revision, phone.Provider, phone.CredentialId, phone.PhoneNumber,
            phone.Experience.Greeting, phone.Experience.GreetingInterruptible, phone.Experience.ErrorMessage,
            phone.Experience.IdleTimeout.TotalSeconds, phone.Experience.IdleMessage, phone.Experience.IdleRetries,
            phone.Experience.MaxDuration.TotalSeconds, phone.SpeechToText, phone.TextToSpeech, phone.TransferTargets, phone.SendKeys,
            phone.MachineDetection, phone.CreatedAt);
    }
}
