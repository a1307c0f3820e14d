using Grpc.Core;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault.V1;

namespace ServiceDefaults.Tests;

/// <summary>One method for <c>calls</c>, which tells who asked, and one that names nobody.</summary>
internal sealed class GuardedApiKeys : ApiKeys.ApiKeysBase
{
    [Callers("calls")]
    public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
        Task.FromResult(new AuthenticateResponse { ProjectId = context.CallingService() });

    public override Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context) =>
        Task.FromResult(new ListApiKeysResponse());
}
