using System.Collections;
using Twilio.Clients;
using Twilio.Rest;

namespace Twilio.Base;

/// <summary>A list that asks for its next page when the enumeration gets there, and blocks meanwhile.</summary>
public class ResourceSet<T> : IEnumerable<T> where T : Resource
{
    private readonly Page<T> _firstPage;
    private readonly ReadOptions<T> _options;
    private readonly ITwilioRestClient _client;
    private readonly ResourceEndpoint<T> _endpoint;

    public ResourceSet(Page<T> page, ReadOptions<T> options, ITwilioRestClient client) =>
        (_firstPage, _options, _client) = (page, options, client);

    internal ResourceSet(Page<T> page, ReadOptions<T> options, ITwilioRestClient client, ResourceEndpoint<T> endpoint)
        : this(page, options, client) => _endpoint = endpoint;

    /// <summary>Whether the enumeration goes on after the first page. On by default.</summary>
    public bool AutoPaging { get; set; } = true;

    public IEnumerator<T> GetEnumerator() =>
        (_options.Limit is { } limit ? Records().Take((int)limit) : Records()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<T> Records()
    {
        for (var page = _firstPage; page is not null; page = Next(page))
        {
            foreach (var record in page.Records)
                yield return record;
        }
    }

    private Page<T> Next(Page<T> page)
    {
        if (!AutoPaging || !page.HasNextPage())
            return null;
        if (_endpoint is null)
            throw new NotSupportedException("This stand-in for Twilio pages only through lists that it has read itself.");
        return _endpoint.ReadPage(_client, page.GetNextPageUrl(Domain.Api, _client.Region));
    }
}
