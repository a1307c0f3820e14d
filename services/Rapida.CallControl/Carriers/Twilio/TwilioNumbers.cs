using System.Collections.Concurrent;
using Rapida.CallControl.Outbound;
using Rapida.ServiceDefaults.Resilience;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Which numbers an account may show: its own, and those that it has verified.</summary>
internal sealed class TwilioNumbers(TwilioAccounts accounts, Func<TwilioHttp> http, TimeProvider clock, ILogger<TwilioNumbers> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MemoryOfSilence = TimeSpan.FromSeconds(10);
    private const int MostRemembered = 10_000;
    private const int MostAlike = 50;

    private readonly ConcurrentDictionary<(Guid ProjectId, Guid CredentialId, string Number), (bool Owns, DateTimeOffset Until)> _known = new();
    private readonly SingleFlight<(Guid ProjectId, Guid CredentialId, string Number), bool> _questions = new();

    /// <summary>True when Twilio cannot be asked, too: when the call is dialled it says so itself.</summary>
    public async ValueTask<bool> OwnsAsync(Guid projectId, Guid credentialId, string number, CancellationToken cancellationToken)
    {
        var key = (projectId, credentialId, number);
        return _known.TryGetValue(key, out var known) && clock.GetUtcNow() < known.Until
            ? known.Owns
            : await _questions.AskAsync(key, () => AskAsync(key), cancellationToken);
    }

    private async Task<bool> AskAsync((Guid ProjectId, Guid CredentialId, string Number) key)
    {
        if (await accounts.FindAccountAsync(key.ProjectId, key.CredentialId, "list-numbers", CancellationToken.None) is not { } account)
            return false;

        var (owns, memory) = (true, Memory);
        try
        {
            // A new one each time: what lives as long as this would hold on to an address that Twilio has left.
            var client = new TwilioRestClient(account.Sid, account.Token.Reveal(), httpClient: http());
            owns = await HasAsync(client, account.Sid, key.Number).WaitAsync(Patience, clock);
            // Who has just bought one does not wait long.
            memory = owns ? Memory : MemoryOfSilence;
        }
        catch (Exception exception) when (exception is TimeoutException or TwilioException)
        {
            logger.NumbersNotRead(exception.GetType().Name);
            memory = MemoryOfSilence;
        }

        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[key] = (owns, clock.GetUtcNow() + memory);
        return owns;
    }

    // Twilio takes the number for a pattern, and finds longer ones too: of a whole number few.
    private static async Task<bool> HasAsync(TwilioRestClient client, string accountSid, string number) =>
        (await IncomingPhoneNumberResource.ReadAsync(
            pathAccountSid: accountSid, phoneNumber: new PhoneNumber(number), limit: MostAlike, client: client)).Any(found => found.PhoneNumber.ToString() == number)
        || (await OutgoingCallerIdResource.ReadAsync(
            pathAccountSid: accountSid, phoneNumber: new PhoneNumber(number), limit: MostAlike, client: client)).Any(found => found.PhoneNumber.ToString() == number);
}
