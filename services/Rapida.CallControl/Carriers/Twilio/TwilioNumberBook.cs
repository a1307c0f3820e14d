using Rapida.CallControl.Numbers;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Reads in Twilio's book where the calls of an account's numbers go, and writes it there.</summary>
internal sealed class TwilioNumberBook(TwilioHttp http, TimeProvider clock, ILogger<TwilioNumberBook> logger)
{
    // The largest page that Twilio has, asked for at once: its client would block a thread for every further one.
    private const int Most = 1_000;

    // The gateway waits 15 s, and a number that is set up is two questions.
    private static readonly TimeSpan PatienceForAll = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan PatienceForOne = TimeSpan.FromSeconds(6);

    /// <summary>The account's numbers, 1000 at most.</summary>
    public Task<Result<List<NumberEntry>>> ListAsync(TwilioAccount account, CancellationToken cancellationToken) =>
        AskAsync(() => ReadAsync(account, new()), PatienceForAll, cancellationToken);

    /// <summary>One number of the account.</summary>
    public async Task<Result<NumberEntry>> FindAsync(TwilioAccount account, PhoneNumber number, CancellationToken cancellationToken)
    {
        // Twilio takes it for a pattern, and finds longer ones too.
        var like = new ReadIncomingPhoneNumberOptions { PhoneNumber = new(number.E164) };
        if (!(await AskAsync(() => ReadAsync(account, like), PatienceForOne, cancellationToken)).TryGet(out var found, out var problem))
            return problem;
        return found.Find(entry => entry.Number == number.E164) is { } entry ? entry : NumberProblems.NotOnAccount;
    }

    /// <summary>Sends a number's calls somewhere else.</summary>
    public Task<Result<NumberEntry>> PointAsync(TwilioAccount account, string sid, NumberTarget target, CancellationToken cancellationToken)
    {
        var update = new UpdateIncomingPhoneNumberOptions(sid)
        {
            PathAccountSid = account.Sid,
            VoiceUrl = target.VoiceUrl,
            VoiceMethod = global::Twilio.Http.HttpMethod.Post,
            StatusCallback = target.StatusCallback,
            StatusCallbackMethod = global::Twilio.Http.HttpMethod.Post,
        };
        return AskAsync(
            async () => NumberEntry.Of(await IncomingPhoneNumberResource.UpdateAsync(update, Client(account))), PatienceForOne, cancellationToken);
    }

    private async Task<List<NumberEntry>> ReadAsync(TwilioAccount account, ReadIncomingPhoneNumberOptions options)
    {
        (options.PathAccountSid, options.PageSize) = (account.Sid, Most);
        var page = await IncomingPhoneNumberResource.ReadAsync(options, Client(account));
        page.AutoPaging = false;
        return [.. page.Select(NumberEntry.Of)];
    }

    // Twilio's own words stay here: they may hold what was sent.
    private async Task<Result<T>> AskAsync<T>(Func<Task<T>> ask, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().WaitAsync(patience, clock, cancellationToken);
        }
        catch (ApiException exception) when (exception.Status is >= 400 and < 500
            and not (StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests))
        {
            return NumberProblems.Refused(exception.Code, exception.Status);
        }
        catch (Exception exception) when (exception is TimeoutException or TwilioException)
        {
            logger.NumberBookClosed(exception.GetType().Name);
            return NumberProblems.CarrierUnreachable;
        }
    }

    private TwilioRestClient Client(TwilioAccount account) => new(account.Sid, account.Token.Reveal(), httpClient: http);
}
