using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rapida.Testing.OpenApi;
using Yarp.ReverseProxy.Configuration;

namespace Rapida.Gateway.Tests;

/// <summary>/openapi/v1.json and /docs.</summary>
public sealed partial class DocsTests : IAsyncLifetime
{
    private readonly JsonObject _document = ApiDocument.Read();
    private Door _door = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _door = await Door.OpenAsync();
        _client = _door.NewClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _door.DisposeAsync();
    }

    [Fact]
    public async Task The_document_is_served_as_it_is_checked_in()
    {
        using var answer = await GetAsync("/openapi/v1.json");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var served = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True(JsonNode.DeepEquals(_document, served), "The gateway serves another document than docs/openapi.json.");
        Assert.StartsWith("3.1.", (string)served["openapi"]!, StringComparison.Ordinal);
        Assert.Equal("/", (string)Assert.Single(served["servers"]!.AsArray())!["url"]!);
        Assert.All(References().Matches(served.ToJsonString()), reference => Assert.NotNull(
            reference.Groups[1].Value.Split('/').Aggregate((JsonNode?)served, (at, name) => at?[name])));
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/docs/docs.css")]
    [InlineData("/docs/docs.js")]
    public async Task What_one_has_already_is_not_sent_again(string path)
    {
        using var first = await GetAsync(path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await _client.SendAsync(again);

        Assert.Equal("public, max-age=300", first.Headers.CacheControl!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task Every_path_of_the_document_leads_to_a_service_and_every_route_is_described()
    {
        foreach (var operation in ApiDocument.Operations(_document))
        {
            var path = operation.Path.Replace("{id}", "1", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new(operation.Method), path);
            using var answer = await _client.SendAsync(request);
            Assert.True(_door.Service.Heard.TryDequeue(out var heard) && heard.RawTarget == path, $"{operation} is passed on to nobody: {answer.StatusCode}.");
        }

        var routes = _door.Gateway.Services.GetRequiredService<IProxyConfigProvider>().GetConfig().Routes
            .Select(route => route.Match.Path!.Replace("/{**rest}", "", StringComparison.Ordinal))
            .Where(path => !path.StartsWith("/v1/talk", StringComparison.Ordinal));
        Assert.All(routes, route => Assert.Contains(_document["paths"]!.AsObject(), path => path.Key == route || path.Key.StartsWith(route + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_document_says_of_the_doors_own_answers_is_true()
    {
        using var large = await _client.PostAsync(new Uri("/v1/assistants", UriKind.Relative), new ByteArrayContent(new byte[300 * 1_024]));
        await ApiDocument.AssertSharedAsync("BodyTooLarge", large);

        _door.Service.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        using var away = await GetAsync("/v1/calls");
        await ApiDocument.AssertSharedAsync("Unavailable", away);

        await using var silent = await Door.OpenAsync(("Gateway:Limits:AnswerWithin", "00:00:00.2"), ("Gateway:Rates:ApiKey:Burst", "1"), ("Gateway:Rates:ApiKey:PerSecond", "0.5"));
        silent.Service.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var client = silent.NewClient();
        client.DefaultRequestHeaders.Add("x-api-key", "rpd-of-this-test");
        using var late = await client.GetAsync(new Uri("/v1/calls", UriKind.Relative));
        await ApiDocument.AssertSharedAsync("Timeout", late);
        using var refused = await client.GetAsync(new Uri("/v1/calls", UriKind.Relative));
        await ApiDocument.AssertSharedAsync("RateLimited", refused);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task The_page_shows_every_operation_and_runs_nobody_elses_script()
    {
        using var answer = await GetAsync("/docs");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.All(ApiDocument.Operations(_document), operation =>
        {
            Assert.Contains($"<details id=\"{operation.Id}\">", page, StringComparison.Ordinal);
            Assert.Contains($">{operation.Method}</span> <code>{operation.Path}</code>", page, StringComparison.Ordinal);
            Assert.All(operation.Codes, code => Assert.Contains($"<code>{code}</code>", page, StringComparison.Ordinal));
        });
        foreach (var source in Sources().Matches(page).Select(match => match.Groups[1].Value))
        {
            using var asked = await GetAsync(source);
            Assert.Equal((source, HttpStatusCode.OK), (source, asked.StatusCode));
        }

        // The policy allows none of these.
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"<[^>]+\s(style|on\w+)=", page);
        Assert.DoesNotMatch(@"<script(?![^>]*src=)", page);
    }

    [Fact]
    public async Task A_request_on_the_page_has_in_its_query_what_is_required_and_nothing_else()
    {
        var page = await PageAsync();

        Assert.Contains("\"$RAPIDA_URL/v1/numbers?credential_id=01990f3a-7c00-7000-8000-0000000000c1\"", page, StringComparison.Ordinal);
        Assert.Contains("\"$RAPIDA_URL/v1/calls\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_text_or_a_number_is_shown_so() => Assert.Matches(
        """<code>assistant_id</code><span class="required">required</span></th>\s*<td>integer or string</td>""", await PageAsync());

    [Fact]
    public async Task The_page_begins_with_first_steps_that_lead_to_their_operations()
    {
        var page = await PageAsync();

        var steps = page[page.IndexOf("<ol>", StringComparison.Ordinal)..page.IndexOf("</ol>", StringComparison.Ordinal)];
        Assert.InRange(page.IndexOf(steps, StringComparison.Ordinal), 1, page.IndexOf("<h2", StringComparison.Ordinal));
        Assert.Equal(8, steps.Split("<li>").Length - 1);
        Assert.DoesNotContain("](", steps, StringComparison.Ordinal);
        Assert.Contains("one with the scope <code>webhook</code> alone", steps, StringComparison.Ordinal);
        Assert.Equal(
            [
                "createCredential", "createAssistant", "createAssistantVersion", "savePhoneDeployment", "createApiKey", "setUpNumber", "placeCall",
                "listCallEvents", "getConversation", "downloadRecording",
            ],
            Links().Matches(steps).Select(link => link.Groups[1].Value));
        Assert.All(Links().Matches(page), link => Assert.Contains($"<details id=\"{link.Groups[1].Value}\">", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/docs")]
    [InlineData("DELETE", "/openapi/v1.json")]
    [InlineData("GET", "/openapi/v2.json")]
    [InlineData("GET", "/docs/other.js")]
    public async Task Nothing_else_is_there(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("path_unknown", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);
    }

    private async Task<string> PageAsync()
    {
        using var answer = await GetAsync("/docs");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    [GeneratedRegex("\"\\$ref\":\"#/([^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("<a href=\"/docs#(\\w+)\">")]
    private static partial Regex Links();

    [GeneratedRegex("<(?:script|link|img)[^>]+(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Sources();
}
