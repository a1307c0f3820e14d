using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest;

namespace Twilio.Base;

/// <summary>A resource of the 2010-04-01 API: where it lives below its account, and how it is read.</summary>
/// <param name="path">Below the account, such as <c>/Calls</c>.</param>
/// <param name="recordKey">The key of the records in a list, such as <c>calls</c>.</param>
internal sealed class ResourceEndpoint<T>(string path, string recordKey, Func<Payload, T> read) where T : Resource
{
    public T Create(ITwilioRestClient client, string accountSid, IOptions<T> options) =>
        Send(client, Post(client, accountSid, null, options));

    public Task<T> CreateAsync(ITwilioRestClient client, string accountSid, IOptions<T> options) =>
        SendAsync(client, Post(client, accountSid, null, options));

    public T Update(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        Send(client, Post(client, accountSid, sid, options));

    public Task<T> UpdateAsync(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        SendAsync(client, Post(client, accountSid, sid, options));

    public T Fetch(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        Send(client, Get(client, accountSid, sid, options));

    public Task<T> FetchAsync(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        SendAsync(client, Get(client, accountSid, sid, options));

    public ResourceSet<T> Read(ITwilioRestClient client, string accountSid, ReadOptions<T> options) =>
        new(ParsePage(client.Request(Get(client, accountSid, null, options))), options, client, this);

    public async Task<ResourceSet<T>> ReadAsync(ITwilioRestClient client, string accountSid, ReadOptions<T> options)
    {
        var response = await client.RequestAsync(Get(client, accountSid, null, options)).ConfigureAwait(false);
        return new ResourceSet<T>(ParsePage(response), options, client, this);
    }

    public Page<T> ReadPage(ITwilioRestClient client, string url) => ParsePage(client.Request(new Request(HttpMethod.Get, url)));

    private T Send(ITwilioRestClient client, Request request) => read(Payload.Parse(client.Request(request).Content));

    private async Task<T> SendAsync(ITwilioRestClient client, Request request) =>
        read(Payload.Parse((await client.RequestAsync(request).ConfigureAwait(false)).Content));

    private Request Post(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        new(HttpMethod.Post, Domain.Api, Uri(client, accountSid, sid), postParams: options.GetParams());

    private Request Get(ITwilioRestClient client, string accountSid, string sid, IOptions<T> options) =>
        new(HttpMethod.Get, Domain.Api, Uri(client, accountSid, sid), queryParams: options.GetParams());

    private string Uri(ITwilioRestClient client, string accountSid, string sid)
    {
        if (client is null)
            throw new NotSupportedException("This stand-in for Twilio has no TwilioClient.Init: pass an ITwilioRestClient.");
        return $"/2010-04-01/Accounts/{accountSid ?? client.AccountSid}{path}{(sid is null ? "" : $"/{sid}")}.json";
    }

    // {"calls":[{…}],"page_size":50,"next_page_uri":"/2010-04-01/…&Page=1&PageToken=PA…", …}
    private Page<T> ParsePage(Response response)
    {
        var page = Payload.Parse(response.Content);
        List<T> records = [.. page.Items(recordKey).Select(read)];
        return new Page<T>(records, page.Integer("page_size") ?? records.Count, page.Text("next_page_uri"));
    }
}
