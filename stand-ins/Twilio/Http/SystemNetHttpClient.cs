using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using Twilio.Constant;

namespace Twilio.Http;

/// <summary>Carries requests over <see cref="System.Net.Http.HttpClient"/>.</summary>
public class SystemNetHttpClient : HttpClient
{
    private static readonly string UserAgent =
        $"twilio-csharp/{typeof(SystemNetHttpClient).Assembly.GetName().Version.ToString(3)} " +
        $"({RuntimeInformation.RuntimeIdentifier}) {RuntimeInformation.FrameworkDescription.Replace(' ', '/')}";

    private readonly System.Net.Http.HttpClient _client;

    public SystemNetHttpClient(System.Net.Http.HttpClient httpClient = null) =>
        _client = httpClient ?? new System.Net.Http.HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

    public override Response MakeRequest(Request request) => MakeRequestAsync(request).GetAwaiter().GetResult();

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        (LastRequest, LastResponse) = (request, null);
        using var message = Describe(request);
        using var answer = await _client.SendAsync(message).ConfigureAwait(false);

        // LastResponse may by now belong to another request on this client.
        var response = new Response(answer.StatusCode, await answer.Content.ReadAsStringAsync().ConfigureAwait(false), answer.Headers);
        LastResponse = response;
        return response;
    }

    private HttpRequestMessage Describe(Request request)
    {
        var message = new HttpRequestMessage(new System.Net.Http.HttpMethod(request.Method.ToString()), request.ConstructUrl());
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Authentication(request.Username, request.Password));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("utf-8"));
        message.Headers.TryAddWithoutValidation("User-Agent", string.Join(' ', [UserAgent, .. request.UserAgentExtensions ?? []]));
        foreach (var (name, value) in request.HeaderParams)
            message.Headers.TryAddWithoutValidation(name, value);

        if (!Equals(request.Method, HttpMethod.Get))
            message.Content = Body(request);
        return message;
    }

    private static HttpContent Body(Request request)
    {
        if (Equals(request.ContentType, EnumConstants.ContentTypeEnum.JSON))
            return new StringContent(request.Body, Encoding.UTF8, "application/json");

        var form = new ByteArrayContent(request.EncodePostParams());
        form.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return form;
    }
}
