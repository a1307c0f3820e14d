using System.Collections.Concurrent;
using Rapida.CallControl.Outbound;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Which numbers an account may show: its own, and those that it has verified.</summary>
internal sealed class TwilioNumbers(TwilioAccounts accounts, TwilioHttp http, TimeProvider clock, ILogger<TwilioNumbers> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid ProjectId, Guid CredentialId, string Number), DateTimeOffset> _owned = new();

    /// <summary>True when Twilio cannot be asked, too: when the call is dialled it says so itself.</summary>
    public async Task<bool> OwnsAsync(Guid projectId, Guid credentialId, string number, CancellationToken cancellationToken)
    {
        if (_owned.TryGetValue((projectId, credentialId, number), out var until) && clock.GetUtcNow() < until)
            return true;
        if (await accounts.FindAccountAsync(projectId, credentialId, "list-numbers", cancellationToken) is not { } account)
            return false;

        try
        {
            var client = new TwilioRestClient(account.Sid, account.Token.Reveal(), httpClient: http);
            if (!await HasAsync(client, account.Sid, number).WaitAsync(Patience, clock, cancellationToken))
                return false;
        }
        catch (Exception exception) when (exception is TimeoutException or TwilioException)
        {
            logger.NumbersNotRead(exception.GetType().Name);
            return true;
        }

        if (_owned.Count >= MostRemembered)
            _owned.Clear();
        _owned[(projectId, credentialId, number)] = clock.GetUtcNow() + Memory;
        return true;
    }

    private static async Task<bool> HasAsync(TwilioRestClient client, string accountSid, string number) =>
        (await IncomingPhoneNumberResource.ReadAsync(
            pathAccountSid: accountSid, phoneNumber: new PhoneNumber(number), limit: 1, client: client)).Any(found => found.PhoneNumber.ToString() == number)
        || (await OutgoingCallerIdResource.ReadAsync(
            pathAccountSid: accountSid, phoneNumber: new PhoneNumber(number), limit: 1, client: client)).Any(found => found.PhoneNumber.ToString() == number);
}
