using System.Net;
using System.Xml.Linq;
using Rapida.Media.V1;

namespace CallControl.Tests;

/// <summary>Twilio's side of one call: rings, asks what to do, tells what became of it. Everything is signed.</summary>
internal sealed class Caller(CallsUnderTest calls, Tenant tenant)
{
    public string CallSid { get; init; } = $"CA{Guid.NewGuid():N}";

    public string From { get; } = $"+1312{Random.Shared.Next(1_000_000, 9_999_999)}";

    public Tenant Tenant => tenant;

    /// <summary>The URL of the number's webhook.</summary>
    public string WebhookUrl => $"{CallsUnderTest.PublicUrl}/v1/talk/twilio/call/{tenant.AssistantId}?x-api-key={tenant.WebhookKey}";

    /// <summary>The fields of an incoming call, in no order, with places that nobody knows.</summary>
    public (string Name, string Value)[] Incoming =>
    [
        ("Called", tenant.Number), ("CallSid", CallSid), ("ToCity", ""), ("From", From), ("CallStatus", "ringing"), ("Direction", "inbound"),
        ("To", tenant.Number), ("CallerCity", "SÃO PAULO"), ("AccountSid", tenant.AccountSid), ("ApiVersion", "2010-04-01"), ("Caller", From),
        ("CallToken", "%7B%22parentCallInfoToken%22%3A%22eyJ%22%7D"), ("A Field&Of=Tomorrow", "1+1=2"),
    ];

    public async Task<Document> RingAsync() => Document.Of(await PostAsync(WebhookUrl, Incoming));

    /// <summary>Asks what to do now, as Twilio does with the action of <paramref name="document"/>.</summary>
    public async Task<Document> NextAsync(Document document, params (string Name, string Value)[] fields) =>
        Document.Of(await PostAsync(document.Action, Fields(("CallStatus", "in-progress"), fields)));

    /// <summary>A status callback of this call, to the URL of its context.</summary>
    public Task<Answer> StatusAsync(Document document, string status, params (string Name, string Value)[] fields) =>
        PostAsync(document.StatusCallback, Fields(("CallStatus", status), fields));

    /// <summary>The number's own status callback, at the call's end.</summary>
    public Task<Answer> NumberStatusAsync(string status) =>
        PostAsync($"{CallsUnderTest.PublicUrl}/v1/talk/twilio/event/{tenant.AssistantId}", Fields(("CallStatus", status)));

    /// <summary>What every webhook of this call carries; <paramref name="fields"/> take precedence.</summary>
    public (string Name, string Value)[] Fields((string Name, string Value) field, params (string Name, string Value)[] fields)
    {
        var all = new List<(string Name, string Value)>(fields);
        all.AddRange(new[] { field, ("CallSid", CallSid), ("AccountSid", tenant.AccountSid) }.Where(own => all.All(given => given.Name != own.Item1)));
        return [.. all];
    }

    /// <summary>A form POST to a URL of ours, as Twilio sends it: without the fragment, signed over the public URL.</summary>
    public Task<Answer> PostAsync(string url, IReadOnlyCollection<(string Name, string Value)> form, Action<HttpRequestMessage>? change = null)
    {
        var requested = url.Split('#')[0];
        var request = new HttpRequestMessage(HttpMethod.Post, Local(requested))
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Add("X-Twilio-Signature", TwilioSays.Signature(tenant.AuthToken, requested, form));
        return SendAsync(request, change);
    }

    /// <summary>A GET with the same fields in the query.</summary>
    public Task<Answer> GetAsync(string url, IEnumerable<(string Name, string Value)> query)
    {
        var fields = string.Join('&', query.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        var requested = url.Split('#')[0];
        requested += (requested.Contains('?', StringComparison.Ordinal) ? "&" : "?") + fields;
        var request = new HttpRequestMessage(HttpMethod.Get, Local(requested));
        request.Headers.Add("X-Twilio-Signature", TwilioSays.Signature(tenant.AuthToken, requested, []));
        return SendAsync(request, change: null);
    }

    /// <summary>The relay's claim for the stream of <paramref name="document"/>.</summary>
    public async Task<ClaimResponse> ClaimAsync(Document document, Action<ClaimRequest>? change = null)
    {
        var request = new ClaimRequest
        {
            ProjectId = tenant.ProjectId.ToString(),
            ContextId = document.ContextId,
            StreamSid = $"MZ{Guid.NewGuid():N}",
            CallSid = CallSid,
            AccountSid = tenant.AccountSid,
            Ticket = document.Ticket,
            RelayAddress = "http://127.0.0.1:5340",
        };
        change?.Invoke(request);
        return await calls.Relay.ClaimAsync(request);
    }

    public async Task LeaveAsync(Document document, int attempt, LeaveIntent intent, string target = "", string reason = "", string failure = "") =>
        await calls.Relay.LeaveAsync(new()
        {
            ProjectId = tenant.ProjectId.ToString(),
            ContextId = document.ContextId,
            Attempt = attempt,
            Intent = intent,
            Target = target,
            Reason = reason,
            Failure = failure,
        });

    private async Task<Answer> SendAsync(HttpRequestMessage request, Action<HttpRequestMessage>? change)
    {
        using (request)
        {
            change?.Invoke(request);
            using var response = await calls.Http.SendAsync(request);
            return new(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
        }
    }

    // The raw target goes on the wire as it is: it is what was signed.
    private Uri Local(string url) =>
        new(calls.Service.HttpAddress.GetLeftPart(UriPartial.Authority) + url[CallsUnderTest.PublicUrl.Length..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}

/// <summary>What the service answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string? ContentType, string Body);

/// <summary>TwiML, and what Twilio reads in it.</summary>
internal sealed class Document
{
    private Document(string text) => (Text, Root) = (text, XDocument.Parse(text).Root!);

    public string Text { get; }

    public XElement Root { get; }

    public IEnumerable<string> Verbs => Root.Elements().Select(verb => verb.Name.LocalName);

    public XElement Stream => Root.Element("Connect")!.Element("Stream")!;

    public string StatusCallback => Stream.Attribute("statusCallback")!.Value;

    public string Action => (Root.Element("Connect") ?? Root.Element("Dial"))!.Attribute("action")!.Value;

    public string ContextId => Stream.Attribute("url")!.Value.Split('/')[^1];

    public string Ticket => Stream.Elements("Parameter").Single(parameter => parameter.Attribute("name")!.Value == "ticket").Attribute("value")!.Value;

    public static Document Of(string text) => new(text);

    public static Document Of(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("application/xml", answer.ContentType, StringComparison.Ordinal);
        return new(answer.Body);
    }
}
