using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Twilio.Http;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Where Twilio's REST API is.</summary>
public sealed class TwilioOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Twilio";

    /// <summary>https://api.twilio.com, or the emulator's address in Development.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://api.twilio.com");
}

/// <summary>
/// Sends the official client's requests through our own HttpClient: to <see cref="TwilioOptions.ApiBaseUrl"/>, with resilience for what
/// may be repeated, and without the static state of <c>TwilioClient</c>, which knows one tenant only.
/// </summary>
internal class TwilioHttp(System.Net.Http.HttpClient http, IOptions<TwilioOptions> options) : global::Twilio.Http.HttpClient
{
    public override Response MakeRequest(Request request) =>
        throw new NotSupportedException("Twilio is asked asynchronously only: use the …Async methods.");

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        using var message = new HttpRequestMessage(
            new System.Net.Http.HttpMethod(request.Method.ToString()), new Uri(options.Value.ApiBaseUrl, request.ConstructUrl().PathAndQuery));
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{request.Username}:{request.Password}")));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (request.Method != global::Twilio.Http.HttpMethod.Get)
            message.Content = new FormUrlEncodedContent(request.PostParams);

        using var response = await http.SendAsync(message);
        return new Response(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}

/// <summary>
/// The same for requests that ring a telephone, or end a call: sent once, without anything around that would send them again, or that would keep one
/// tenant's call back because of what another's met with.
/// </summary>
internal sealed class OnceHttp(System.Net.Http.HttpClient http, IOptions<TwilioOptions> options) : TwilioHttp(http, options);
