using Rapida.CallControl.Calls;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010;
using Twilio.Rest.Api.V2010.Account;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Why Twilio does not take a credential: a stable code, and a sentence that says what to do.</summary>
internal sealed record CredentialFault(string Reason, string Detail)
{
    public static readonly CredentialFault AuthTokenRefused = new(
        "auth_token_refused",
        "Twilio does not take this account_token for this account_sid. Copy the Auth Token from the Twilio console and rotate the credential.");

    public static readonly CredentialFault AccountSuspended = new(
        "account_suspended", "Twilio has suspended this account. Settle it in the Twilio console, then verify again.");

    public static readonly CredentialFault AccountClosed = new(
        "account_closed", "This Twilio account is closed for good. Store a credential of another account.");

    public static readonly CredentialFault ApiKeyRefused = new(
        "api_key_refused", "Twilio does not take api_key_sid with api_key_secret for this account. Make another API key and rotate the credential.");

    public static readonly CredentialFault CarrierUnreachable = new(
        "carrier_unreachable", "Twilio did not answer, or was too busy. This says nothing about the credential: verify again in a minute.");
}

/// <summary>Asks Twilio whether it takes a credential: the account with its Auth Token, and the numbers with the API key if there is one.</summary>
internal sealed class VerifyCredential(TwilioAccounts accounts, TwilioHttp http, TimeProvider clock)
{
    // Less than Vault waits, so that "did not answer" is an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Null when Twilio takes it.</summary>
    public async Task<CredentialFault?> ExecuteAsync(Guid projectId, Guid credentialId, CancellationToken cancellationToken)
    {
        // What is remembered may be from before the rotation that made somebody ask.
        accounts.Drop(projectId, credentialId);
        if (await accounts.FindAccountAsync(projectId, credentialId, "verify-credential", cancellationToken) is not { } account)
            throw new ProblemException(CallProblems.CredentialUnknown);

        try
        {
            return await AskAsync(account).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or ApiConnectionException)
        {
            return CredentialFault.CarrierUnreachable;
        }
    }

    private async Task<CredentialFault?> AskAsync(TwilioAccount account)
    {
        var (fetched, fault) = await TryAsync(
            () => AccountResource.FetchAsync(account.Sid, Client(account, account.Sid, account.Token)), CredentialFault.AuthTokenRefused);
        if (fault is not null)
            return fault;
        if (fetched!.Status == AccountResource.StatusEnum.Suspended)
            return CredentialFault.AccountSuspended;
        if (fetched.Status == AccountResource.StatusEnum.Closed)
            return CredentialFault.AccountClosed;
        if (account.ApiKey is not { } key)
            return null;

        (_, fault) = await TryAsync(
            () => IncomingPhoneNumberResource.ReadAsync(
                pathAccountSid: account.Sid, pageSize: 1, limit: 1, client: Client(account, key.Sid, key.Secret)),
            CredentialFault.ApiKeyRefused);
        return fault;
    }

    // Twilio's own words stay here: they may hold what was sent.
    private static async Task<(T? Answer, CredentialFault? Fault)> TryAsync<T>(Func<Task<T>> ask, CredentialFault refused)
    {
        try
        {
            return (await ask(), null);
        }
        catch (ApiException exception)
        {
            // The client leaves the status out when there is no word of Twilio's in the answer: then it is some server's on the way.
            return (default, exception.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
                ? refused
                : CredentialFault.CarrierUnreachable);
        }
    }

    private TwilioRestClient Client(TwilioAccount account, string user, Secret password) =>
        new(user, password.Reveal(), accountSid: account.Sid, httpClient: http);
}
