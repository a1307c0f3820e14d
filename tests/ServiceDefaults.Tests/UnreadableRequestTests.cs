using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Rapida.ServiceDefaults.Problems;
using Rapida.Testing;

namespace ServiceDefaults.Tests;

/// <summary>By the framework's real refusals: whoever changes the framework learns here that its words have changed.</summary>
public sealed class UnreadableRequestTests : IAsyncLifetime
{
    private RunningService _service = null!;

    public async Task InitializeAsync() => _service = await RunningService.StartAsync(app =>
    {
        app.MapPost("/order", (OrderBody body) => body.Note);
        app.MapPost("/named", ([FromBody] OrderBody body) => body.Note);
        app.MapGet("/orders", (int? page_size, Guid? id, DateTimeOffset? after, bool? open, double? at_least) => page_size);
        app.MapGet("/numbers", ([FromQuery(Name = "credential_id")] string credentialId, int? page_size) => credentialId);
    });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("""{"note":7}""", "note must be a string.")]
    [InlineData("""{"args":{"n":7}}""", "args.n must be a string.")]
    [InlineData("""{"args":{"my name":7}}""", "args['my name'] must be a string.")]
    [InlineData("""{"args":["swordfish"]}""", "args must be an object.")]
    [InlineData("""{"count":"swordfish"}""", "count must be a whole number.")]
    [InlineData("""{"count":1.5}""", "count must be a whole number.")]
    [InlineData("""{"price":"swordfish"}""", "price must be a number.")]
    [InlineData("""{"open":"swordfish"}""", "open must be true or false.")]
    [InlineData("""{"open":null}""", "open must be true or false.")]
    [InlineData("""{"id":"swordfish"}""", "id must be a UUID.")]
    [InlineData("""{"at":"swordfish"}""", "at must be a time by RFC 3339.")]
    [InlineData("""{"lasts":"swordfish"}""", "lasts must be a duration such as 00:01:30.")]
    [InlineData("""{"data":"swordfish"}""", "data must be an object.")]
    [InlineData("""{"rows":"swordfish"}""", "rows must be a list.")]
    [InlineData("""{"rows":[{},"swordfish"]}""", "rows[1] must be an object.")]
    [InlineData("""{"rows":[{"note":7}]}""", "rows[0].note must be a string.")]
    [InlineData("""{"words":{}}""", "words must be a list.")]
    [InlineData("""{"any":{}}""", "any must be a list.")]
    [InlineData("""{"own":7}""", "own must be a string that I like.")]
    [InlineData("""{"odd":7}""", "odd is not what it must be.")]
    [InlineData("""{"note":"\ud800"}""", "note must be well-formed Unicode.")]
    [InlineData("""["swordfish"]""", "The body must be an object.")]
    [InlineData("\"swordfish\"", "The body must be an object.")]
    public async Task A_value_of_the_wrong_type_is_named_by_its_place_and_what_it_has_to_be(string body, string sentence) =>
        await AssertSaysAsync(sentence, await PostAsync("/order", body));

    [Theory]
    [InlineData("""{"note":"swordfish""", "The body is not JSON: it breaks off at line 1, byte 18.")]
    [InlineData("""{"note":""", "The body is not JSON: it breaks off at line 1, byte 8.")]
    [InlineData("{\n  \"note\": \"a\",\n", "The body is not JSON: it breaks off at line 3, byte 0.")]
    [InlineData("""{"note" "swordfish"}""", "The body is not JSON: it goes wrong at line 1, byte 9.")]
    [InlineData("{\n\"note\":swordfish}", "The body is not JSON: it goes wrong at line 2, byte 8.")]
    [InlineData("""{"note":"a"} swordfish""", "The body is not JSON: it goes wrong at line 1, byte 14.")]
    public async Task A_body_that_is_no_JSON_is_told_where_it_ceases_to_be(string body, string sentence) =>
        await AssertSaysAsync(sentence, await PostAsync("/order", body));

    [Fact]
    public async Task A_body_may_only_be_so_deep() => await AssertSaysAsync(
        "The body is nested too deeply.", await PostAsync("/order", string.Concat(Enumerable.Repeat("""{"rows":[""", 40))));

    [Theory]
    [InlineData("/order", null)]
    [InlineData("/order", "")]
    [InlineData("/order", "  ")]
    [InlineData("/order", "null")]
    [InlineData("/named", "")]
    public async Task A_body_that_is_not_there_is_asked_for(string path, string? body) =>
        await AssertSaysAsync("Send a JSON object.", await PostAsync(path, body));

    [Theory]
    [InlineData("/orders?page_size=swordfish", "page_size has to be a whole number.")]
    [InlineData("/orders?page_size=1&page_size=2", "page_size has to be a whole number.")]
    [InlineData("/orders?id=swordfish", "id has to be a UUID.")]
    [InlineData("/orders?after=swordfish", "after has to be a time by RFC 3339.")]
    [InlineData("/orders?open=swordfish", "open has to be true or false.")]
    [InlineData("/orders?at_least=swordfish\" from \"", "at_least has to be a number.")]
    [InlineData("/numbers", "credential_id is missing.")]
    public async Task A_parameter_is_named_as_the_API_names_it(string path, string sentence) =>
        await AssertSaysAsync(sentence, await _service.Http.GetAsync(new Uri(path, UriKind.Relative)));

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=swordfish")]
    public async Task A_body_that_does_not_say_that_it_is_JSON_is_told_to(string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (contentType is not null)
            content.Headers.Add("Content-Type", contentType);

        using var answer = await _service.Http.PostAsync(new Uri("/order", UriKind.Relative), content);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "content_type_invalid"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.DoesNotContain("swordfish", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _service.Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private async Task AssertSaysAsync(string sentence, HttpResponseMessage answer)
    {
        using (answer)
        {
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal((HttpStatusCode.BadRequest, "bad_request", sentence), (answer.StatusCode, (string?)problem["code"], (string?)problem["detail"]));
            Assert.DoesNotContain(_service.Logs.Lines, line => line.Level >= LogLevel.Warning);
        }
    }

    private sealed class OrderBody
    {
        public string? Note { get; init; }

        public int? Count { get; init; }

        public double? Price { get; init; }

        public bool Open { get; init; }

        public Guid? Id { get; init; }

        public DateTimeOffset? At { get; init; }

        public TimeSpan? Lasts { get; init; }

        public JsonObject? Data { get; init; }

        public JsonArray? Any { get; init; }

        public IReadOnlyDictionary<string, string?>? Args { get; init; }

        public IReadOnlyList<OrderBody>? Rows { get; init; }

        public string[]? Words { get; init; }

        [JsonConverter(typeof(OwnConverter))]
        public string? Own { get; init; }

        [JsonConverter(typeof(OddConverter))]
        public string? Odd { get; init; }
    }

    private sealed class OwnConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonMismatchException("a string that I like");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class OddConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException("swordfish");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
