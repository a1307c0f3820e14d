using System.Net.Http.Headers;
using Twilio.Http;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Sends one request, and keeps what the official client's exceptions leave out: for how long Twilio wants not to be asked again.</summary>
internal sealed class HearRetryAfter(TwilioHttp http, TimeProvider clock) : global::Twilio.Http.HttpClient
{
    /// <summary>From the answer on. Null: it did not say. RFC 9110, 10.2.3: seconds, or a date.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    public override Response MakeRequest(Request request) => http.MakeRequest(request);

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        var response = await http.MakeRequestAsync(request);
        RetryAfter = response.Headers?.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => null,
        };
        return response;
    }
}
