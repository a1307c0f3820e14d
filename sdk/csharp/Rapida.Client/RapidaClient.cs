using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>A project of a Rapida, as its API key sees it. One client serves a program, all its threads too.</summary>
public sealed class RapidaClient : IDisposable
{
    private readonly HttpClient? _own;

    /// <summary>With connections of its own.</summary>
    public RapidaClient(RapidaClientOptions options)
        : this(options, OwnHttpClient(), isOwn: true)
    {
    }

    /// <summary>
    /// With connections of yours, from an <c>IHttpClientFactory</c> for example. Let it follow no redirects: the key would go along.
    /// Its <see cref="HttpClient.BaseAddress"/> counts when the options have none.
    /// </summary>
    public RapidaClient(HttpClient httpClient, RapidaClientOptions options)
        : this(options, httpClient, isOwn: false)
    {
    }

    private RapidaClient(RapidaClientOptions options, HttpClient http, bool isOwn)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        _own = isOwn ? http : null;
        var transport = new Transport(http, Address.Of(options.BaseUrl ?? http.BaseAddress), options);
        Calls = new(transport, options.TimeProvider);
        Conversations = new(transport);
        Recordings = new(transport);
        Assistants = new(transport);
        Credentials = new(transport);
        Numbers = new(transport);
        Diagnostics = new(transport);
        ApiKeys = new(transport);
        Members = new(transport);
    }

    public CallsClient Calls { get; }

    public ConversationsClient Conversations { get; }

    public RecordingsClient Recordings { get; }

    public AssistantsClient Assistants { get; }

    public CredentialsClient Credentials { get; }

    public NumbersClient Numbers { get; }

    public DiagnosticsClient Diagnostics { get; }

    public ApiKeysClient ApiKeys { get; }

    public MembersClient Members { get; }

    /// <summary>Closes the connections, where they are its own.</summary>
    public void Dispose() => _own?.Dispose();

    // A connection is made anew now and then, so that a change of the address in DNS is noticed. The time-out is each attempt's, not HttpClient's.
    private static HttpClient OwnHttpClient() => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };
}
