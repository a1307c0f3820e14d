using Grpc.Core;
using Rapida.CallControl.Calls;
using Rapida.Calls.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Carriers.Twilio;

[Callers("vault")]
internal sealed class CredentialChecksGrpcService(VerifyCredential verify) : CredentialChecks.CredentialChecksBase
{
    public override async Task<VerifyCredentialResponse> Verify(VerifyCredentialRequest request, ServerCallContext context)
    {
        var (project, credential) = (CallProblems.ParseProject(request.ProjectId), CallProblems.ParseId(request.CredentialId));
        var fault = await verify.ExecuteAsync(project, credential, context.CancellationToken);
        return new() { Connected = fault is null, Reason = fault?.Reason ?? "", Detail = fault?.Detail ?? "" };
    }
}
