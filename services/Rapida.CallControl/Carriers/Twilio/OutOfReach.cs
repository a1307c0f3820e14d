using Grpc.Core;
using Rapida.CallControl.Calls;
using Twilio.Exceptions;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Twilio cannot be asked for a tenant: its credential was deleted, or Twilio does not take it any more.</summary>
internal static class OutOfReach
{
    /// <summary>One of <see cref="FailureCodes"/>; null when something else failed, that passes.</summary>
    public static string? Why(Exception exception) => exception switch
    {
        RpcException { StatusCode: StatusCode.NotFound } => FailureCodes.CredentialGone,
        ApiException { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden } refused =>
            TwilioErrors.FailureCode(refused.Code, refused.Status) is FailureCodes.AccountInactive ? FailureCodes.AccountInactive : FailureCodes.CredentialRefused,
        _ => null,
    };
}
