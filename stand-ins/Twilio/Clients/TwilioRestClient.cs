using System.Net;
using Twilio.AuthStrategies;
using Twilio.Base;
using Twilio.Exceptions;
using Twilio.Http;

namespace Twilio.Clients;

/// <summary>Sends requests with one credential: an account and its token, or an API key and its secret.</summary>
public class TwilioRestClient : ITwilioRestClient
{
    private readonly string _username;
    private readonly string _password;

    public TwilioRestClient(string username, string password, string accountSid = null, string region = null,
        HttpClient httpClient = null, string edge = null)
    {
        (_username, _password) = (username, password);
        (AccountSid, Region, Edge) = (accountSid ?? username, region, edge);
        HttpClient = httpClient ?? new SystemNetHttpClient();
    }

    public TwilioRestClient(string username, string password, AuthStrategy authstrategy, string accountSid = null, string region = null,
        HttpClient httpClient = null, string edge = null)
        : this(username, password, accountSid, region, httpClient, edge)
    {
        if (authstrategy is not null)
            throw new NotSupportedException("This stand-in for Twilio signs in with a user name and a password only.");
    }

    public HttpClient HttpClient { get; }

    public string AccountSid { get; }

    public string Region { get; }

    public string Edge { get; set; }

    public string[] UserAgentExtensions { get; set; }

    public Response Request(Request request)
    {
        Prepare(request);
        try
        {
            return Check(HttpClient.MakeRequest(request));
        }
        catch (Exception exception) when (exception is not ApiException)
        {
            throw Unreachable(request, exception);
        }
    }

    public async Task<Response> RequestAsync(Request request)
    {
        Prepare(request);
        try
        {
            return Check(await HttpClient.MakeRequestAsync(request).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not ApiException)
        {
            throw Unreachable(request, exception);
        }
    }

    private void Prepare(Request request)
    {
        request.SetAuth(_username, _password);
        request.Region = Region ?? request.Region;
        request.Edge = Edge ?? request.Edge;
        request.UserAgentExtensions = UserAgentExtensions ?? request.UserAgentExtensions;
    }

    private static ApiConnectionException Unreachable(Request request, Exception exception) =>
        new($"Connection Error: {request.Method}{request.ConstructUrl()}", exception);

    private static Response Check(Response response)
    {
        if (response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.BadRequest)
            return response;

        // {"code":21211,"message":"…","more_info":"https://www.twilio.com/docs/errors/21211","status":400,"details":{…}}
        // A gateway on the way answers in its own words.
        throw Payload.TryParse(response.Content) is { } error
            ? new ApiException(
                error.Integer("code") ?? 0,
                (int)response.StatusCode,
                error.Text("message") ?? $"Unable to make request, {response.StatusCode}",
                error.Text("more_info"),
                error.Dictionary("details"))
            : new ApiException($"Api Error: {response.StatusCode} - {response.Content ?? "[no content]"}");
    }
}
