using Grpc.Core;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Outbound;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Asks Twilio for calls, and looks them up in its book.</summary>
internal sealed class DialTwilio(TwilioAccounts accounts, OnceHttp once, TwilioHttp http, PublicUrls urls, IOptions<OutboundOptions> options, TimeProvider clock)
{
    private const string Purpose = "place-call";

    // One request is one call, and the newest stand first.
    private const int BookPage = 50;

    /// <summary>One request, sent once.</summary>
    public async Task<DialAnswer> PlaceAsync(Call call, Dial dial, string twiml)
    {
        var hearing = new HearRetryAfter(once, clock);
        try
        {
            var placed = await CallResource.CreateAsync(Request(call, dial, twiml), await ClientAsync(call, hearing, CancellationToken.None));
            return new DialAnswer.Placed(placed.Sid);
        }
        catch (RpcException exception)
        {
            // Vault did not give the token: nothing was sent.
            return exception.StatusCode == StatusCode.NotFound ? new DialAnswer.Refused(FailureCodes.CredentialGone, null) : new DialAnswer.NotNow("vault");
        }
        catch (ApiException exception) when (exception.Status == StatusCodes.Status429TooManyRequests)
        {
            return new DialAnswer.NotNow("429", hearing.RetryAfter);
        }
        catch (ApiException exception) when (exception.Status is >= 400 and < 500 and not StatusCodes.Status408RequestTimeout)
        {
            return new DialAnswer.Refused(TwilioErrors.FailureCode(exception.Code, exception.Status), exception.Code > 0 ? exception.Code : null);
        }
        catch (ApiConnectionException exception) when (exception.InnerException is HttpRequestException
        { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError })
        {
            return new DialAnswer.NotNow("unreachable");
        }
        catch (TwilioException)
        {
            return new DialAnswer.Unknown();
        }
    }

    /// <summary>The CallSids of the calls between a call's two numbers that Twilio has taken since then, the newest first.</summary>
    public async Task<List<string>> FindAsync(Call call, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var listed = await CallResource.ReadAsync(
            new ReadCallOptions
            {
                PathAccountSid = call.AccountSid, To = new PhoneNumber(call.ToAddress), From = new PhoneNumber(call.FromAddress), PageSize = BookPage,
            },
            await ClientAsync(call, http, cancellationToken));
        listed.AutoPaging = false;
        return [.. listed
            .Where(found => found.Direction == "outbound-api" && found.DateCreated is { } created && created.ToUniversalTime() >= since.UtcDateTime)
            .Select(found => found.Sid)];
    }

    private CreateCallOptions Request(Call call, Dial dial, string twiml)
    {
        var request = new CreateCallOptions(new PhoneNumber(call.ToAddress), new PhoneNumber(call.FromAddress))
        {
            PathAccountSid = call.AccountSid,
            Twiml = new global::Twilio.Types.Twiml(twiml),
            StatusCallback = urls.Event(dial.ContextId!),
            StatusCallbackMethod = global::Twilio.Http.HttpMethod.Post,
            StatusCallbackEvent = ["initiated", "ringing", "answered", "completed"],
            Timeout = (int)options.Value.RingTimeout.TotalSeconds,
            TimeLimit = dial.TimeLimitSeconds,
        };
        if (dial.MachineDetection != MachineDetection.Off)
            (request.MachineDetection, request.AsyncAmd, request.AsyncAmdStatusCallback) = ("Enable", "true", urls.Event(dial.ContextId!));
        return request;
    }

    private async Task<TwilioRestClient> ClientAsync(Call call, global::Twilio.Http.HttpClient client, CancellationToken cancellationToken)
    {
        var token = await accounts.TokenAsync(call.ProjectId, call.CredentialId, Purpose, cancellationToken);
        return new(call.AccountSid, token.Reveal(), httpClient: client);
    }
}
