using System.Net;
using System.Text;
using Twilio.AuthStrategies;
using Twilio.Constant;
using Twilio.Rest;

namespace Twilio.Http;

/// <summary>A request to the API.</summary>
public class Request
{
    // A host with an edge always names its region.
    private const string DefaultRegion = "us1";

    public Request(HttpMethod method, string url) =>
        (Method, Uri, QueryParams, PostParams, HeaderParams) = (method, new Uri(url), [], [], []);

    public Request(HttpMethod method, Domain domain, string uri, string region = null,
        List<KeyValuePair<string, string>> queryParams = null, List<KeyValuePair<string, string>> postParams = null, string edge = null,
        List<KeyValuePair<string, string>> headerParams = null, EnumConstants.ContentTypeEnum contentType = null, string body = null)
        : this(method, $"https://{domain}.twilio.com{uri}")
    {
        (Region, Edge, ContentType, Body) = (region, edge, contentType, body);
        QueryParams = queryParams ?? [];
        PostParams = postParams ?? [];
        HeaderParams = headerParams ?? [];
    }

    public HttpMethod Method { get; }

    public Uri Uri { get; private set; }

    public string Username { get; set; }

    public string Password { get; set; }

    public AuthStrategy AuthStrategy { get; set; }

    public string Region { get; set; }

    public string Edge { get; set; }

    public string[] UserAgentExtensions { get; set; }

    public List<KeyValuePair<string, string>> QueryParams { get; private set; }

    public List<KeyValuePair<string, string>> PostParams { get; private set; }

    public List<KeyValuePair<string, string>> HeaderParams { get; private set; }

    public EnumConstants.ContentTypeEnum ContentType { get; set; }

    public string Body { get; set; }

    /// <summary>The URL with edge, region and query.</summary>
    public Uri ConstructUrl()
    {
        var url = buildUri();
        return QueryParams.Count == 0 ? url : new Uri($"{url.AbsoluteUri}?{Encode(QueryParams)}");
    }

    /// <summary>The URL with edge and region: <c>product.edge.region.twilio.com</c>.</summary>
    public Uri buildUri()
    {
        if (Region is null && Edge is null)
            return Uri;

        var host = Uri.Host.Split('.');
        var region = Region ?? (host.Length switch { 4 => host[1], 5 => host[2], _ => null });
        var edge = Edge ?? (host.Length == 5 ? host[1] : null);
        if (edge is not null)
            region ??= DefaultRegion;

        string[] parts = [host[0], edge, region, .. host[^2..]];
        return new UriBuilder(Uri) { Host = string.Join('.', parts.Where(part => !string.IsNullOrEmpty(part))) }.Uri;
    }

    public void SetAuth(string username, string password) => (Username, Password) = (username, password);

    public void SetAuth(AuthStrategy authStrategy) =>
        throw new NotSupportedException("This stand-in for Twilio signs in with a user name and a password only.");

    public byte[] EncodePostParams() => Encoding.UTF8.GetBytes(Encode(PostParams));

    public void AddQueryParam(string name, string value) => QueryParams.Add(new(name, value));

    public void AddPostParam(string name, string value) => PostParams.Add(new(name, value));

    public void AddHeaderParam(string name, string value) => HeaderParams.Add(new(name, value));

    public override bool Equals(object obj) =>
        obj is Request other &&
        Method.Equals(other.Method) &&
        buildUri().Equals(other.buildUri()) &&
        SameItems(QueryParams, other.QueryParams) &&
        SameItems(PostParams, other.PostParams) &&
        SameItems(HeaderParams, other.HeaderParams);

    public override int GetHashCode() => HashCode.Combine(Method, buildUri());

    private static bool SameItems(List<KeyValuePair<string, string>> left, List<KeyValuePair<string, string>> right) =>
        left.All(right.Contains) && right.All(left.Contains);

    private static string Encode(List<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(pair => $"{WebUtility.UrlEncode(pair.Key)}={WebUtility.UrlEncode(pair.Value)}"));
}
