using System.Globalization;
using Rapida.CallControl.Calls;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>What Twilio's book says of a call. Null: nothing that we understand.</summary>
internal sealed record BookEntry(CallStatus? Status, int? DurationSeconds, string? AnsweredBy, decimal? Price, string? PriceUnit);

/// <summary>Reads a call in Twilio's book, and ends it there.</summary>
internal sealed class TwilioBook(TwilioAccounts accounts, TwilioHttp http, OnceHttp once)
{
    // "Call is not in-progress": it has ended meanwhile.
    private const int NotInProgress = 21220;

    // Deleted on Twilio's side, or never there: nothing more will be heard of it.
    private static readonly BookEntry Gone = new(CallStatus.Failed, null, null, null, null);

    public async Task<BookEntry> ReadAsync(Call call, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(call, http, "ask-call-status", cancellationToken);
        try
        {
            return Entry(await CallResource.FetchAsync(pathSid: call.CallSid, pathAccountSid: call.AccountSid, client: client));
        }
        catch (ApiException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return Gone;
        }
    }

    /// <summary>Ends it, in whatever state it is; one that was only taken back goes on if it has been answered.</summary>
    public async Task<BookEntry> EndAsync(Call call, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(call, once, "end-call", cancellationToken);
        // https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource: canceled does not touch a call in progress.
        var status = call.HangUpReason == HangUpReasons.Cancel ? CallResource.UpdateStatusEnum.Canceled : CallResource.UpdateStatusEnum.Completed;
        try
        {
            return Entry(await CallResource.UpdateAsync(
                pathSid: call.CallSid, pathAccountSid: call.AccountSid, status: status, client: client));
        }
        catch (ApiException exception) when (exception.Status == StatusCodes.Status404NotFound || exception.Code == NotInProgress)
        {
            return await ReadAsync(call, cancellationToken);
        }
    }

    private async Task<TwilioRestClient> ClientAsync(Call call, TwilioHttp http, string purpose, CancellationToken cancellationToken)
    {
        var token = await accounts.TokenAsync(call.ProjectId, call.CredentialId, purpose, cancellationToken);
        return new(call.AccountSid, token.Reveal(), httpClient: http);
    }

    private static BookEntry Entry(CallResource call) => new(
        CallStatuses.Parse(call.Status?.ToString()),
        int.TryParse(call.Duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        call.AnsweredBy,
        decimal.TryParse(call.Price, NumberStyles.Number, CultureInfo.InvariantCulture, out var price) ? price : null,
        call.PriceUnit);
}
