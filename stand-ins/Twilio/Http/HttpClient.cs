using System.Text;

namespace Twilio.Http;

/// <summary>Carries requests to the API. Answers of any status are returned; only a failed connection throws.</summary>
public abstract class HttpClient
{
    public Request LastRequest { get; protected set; }

    public Response LastResponse { get; protected set; }

    public abstract Response MakeRequest(Request request);

    public abstract Task<Response> MakeRequestAsync(Request request);

    /// <summary>The parameter of a Basic <c>Authorization</c> header.</summary>
    public string Authentication(string username, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));
}
