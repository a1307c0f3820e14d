using Twilio.Http;

namespace Twilio.Clients;

/// <summary>Sends requests as one account.</summary>
public interface ITwilioRestClient
{
    string AccountSid { get; }

    string Region { get; }

    HttpClient HttpClient { get; }

    Response Request(Request request);

    Task<Response> RequestAsync(Request request);
}
