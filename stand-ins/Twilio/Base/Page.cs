using Twilio.Rest;

namespace Twilio.Base;

/// <summary>One answer of a list.</summary>
public class Page<T> where T : Resource
{
    private readonly string _nextPageUri;

    internal Page(List<T> records, int pageSize, string nextPageUri) =>
        (Records, PageSize, _nextPageUri) = (records, pageSize, nextPageUri);

    public List<T> Records { get; }

    public int PageSize { get; }

    public bool HasNextPage() => !string.IsNullOrEmpty(_nextPageUri);

    public string GetNextPageUrl(Domain domain, string region) =>
        $"https://{domain}{(string.IsNullOrEmpty(region) ? "" : $".{region}")}.twilio.com{_nextPageUri}";
}
