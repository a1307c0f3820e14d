using System.Text.Json.Nodes;
using Rapida.Client;
using Rapida.Testing;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class RequestTests
{
    [Fact]
    public async Task The_readmes_sample_places_a_call()
    {
        await using var server = await ScriptedServer.StartAsync(Says(202, Call()));
        using var client = server.Client();

        // As in the README, which the next test compares.
        var call = await client.Calls.CreateAsync(new CreateCall
        {
            AssistantId = "123456789",
            ToNumber = "+15551234567",
            FromNumber = "+15559876543", // optional, uses deployment default
            Metadata = new() { ["campaign"] = "follow-up" },
        });

        Assert.Equal("01990f3a-7c00-7000-8000-0000000000f1", call.Conversation.Id);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/v1/calls", Key), (request.Method, request.Target, request.Header("x-api-key")));
        AssertJson(
            """{"assistant_id":"123456789","to_number":"+15551234567","from_number":"+15559876543","metadata":{"campaign":"follow-up"}}""", request.Body);
    }

    [Fact]
    public void The_readme_and_the_page_show_the_sample_that_is_tested()
    {
        var tested = Sample(File.ReadAllText(Checkout.PathOf("tests", "Sdk.Tests", "RequestTests.cs")));

        Assert.NotEmpty(tested);
        Assert.Equal(tested, Sample(File.ReadAllText(Checkout.PathOf("sdk", "csharp", "Rapida.Client", "README.md"))));
        Assert.Equal(tested, Sample(File.ReadAllText(Checkout.PathOf("docs", "sdk.md"))));
    }

    [Fact]
    public async Task All_that_a_call_may_say_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(Says(202, Call()));

        await server.Client().Calls.CreateAsync(new CreateCall
        {
            AssistantId = "987654321012345",
            ToNumber = Number,
            Version = 3,
            Args = new Dictionary<string, string> { ["name"] = "Zoë" },
            Options = new() { Greeting = "Hello.", MaxDurationSeconds = 60 },
            MachineDetection = "hang_up",
            IdempotencyKey = "appointment-17",
        });

        Assert.Equal("appointment-17", server.Requests[0].Header("Idempotency-Key"));
        AssertJson(
            """
            {"assistant_id":"987654321012345","to_number":"+15551234567","version":3,"args":{"name":"Zoë"},
             "options":{"greeting":"Hello.","max_duration_seconds":60},"machine_detection":"hang_up"}
            """,
            server.Requests[0].Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\r\nx: y")]
    public async Task An_idempotency_key_that_does_not_fit_a_header_is_refused(string key)
    {
        await using var server = await ScriptedServer.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => server.Client().Calls.CreateAsync(new CreateCall { AssistantId = "1", ToNumber = Number, IdempotencyKey = key }));
    }

    [Fact]
    public async Task A_null_in_a_rotation_takes_a_field_away()
    {
        var credential = new JsonObject
        {
            ["id"] = "c1", ["provider"] = "twilio", ["name"] = "Front desk", ["status"] = "unverified",
            ["created_at"] = "2026-11-24T09:00:00Z", ["updated_at"] = "2026-11-24T09:00:00Z",
        };
        await using var server = await ScriptedServer.StartAsync(Says(200, credential));

        var fields = new Dictionary<string, string?> { ["api_key_sid"] = null, ["account_token"] = "new" };
        await server.Client().Credentials.RotateAsync("c1", new RotateCredential { Fields = fields });

        AssertJson("""{"fields":{"api_key_sid":null,"account_token":"new"}}""", server.Requests[0].Body);
    }

    [Fact]
    public async Task A_phone_deployment_can_be_saved_again_with_one_thing_changed()
    {
        var answered = JsonNode.Parse("""
            {"assistant_id":"1","revision":4,"provider":"twilio","credential_id":"c1","phone_number":"+13125550100","greeting":"Hello.","idle_retries":2,
             "speech_to_text":{"name":"pocketsphinx","options":{},"credential_id":null},"transfer_targets":{},"send_keys":false,
             "created_at":"2026-11-24T09:10:00+00:00"}
            """)!;
        await using var server = await ScriptedServer.StartAsync(Says(200, answered), Says(200, answered));
        var phone = server.Client().Assistants.Phone;

        await phone.SaveAsync("1", await phone.GetAsync("1") with { Greeting = "Good day." });

        Assert.Equal("PUT", server.Requests[1].Method);
        AssertJson(
            """
            {"provider":"twilio","credential_id":"c1","phone_number":"+13125550100","greeting":"Good day.","idle_retries":2,
             "speech_to_text":{"name":"pocketsphinx","options":{}},"transfer_targets":{},"send_keys":false}
            """,
            server.Requests[1].Body);
    }

    [Fact]
    public async Task An_id_cannot_become_another_path()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, Call()));
        var client = server.Client();

        await client.Calls.GetAsync("../credentials?x#y");

        Assert.Equal("/v1/calls/..%2Fcredentials%3Fx%23y", server.Requests[0].Target);
        foreach (var nothing in (string[])["", " ", ".", ".."])
            await Assert.ThrowsAsync<ArgumentException>(async () => await client.Calls.GetAsync(nothing));
    }

    [Fact]
    public async Task An_address_with_a_path_keeps_it_and_a_given_client_says_where_to_ask()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, Call()));
        using var http = new HttpClient { BaseAddress = new(server.Url, "/telephony/") };
        using var client = new RapidaClient(http, new RapidaClientOptions { ApiKey = Key });

        await client.Calls.GetAsync("e1");

        Assert.Equal("/telephony/v1/calls/e1", server.Requests[0].Target);
        Assert.Empty(http.DefaultRequestHeaders);
    }

    [Fact]
    public async Task Requests_one_after_another_share_a_connection()
    {
        await using var server = await ScriptedServer.StartAsync(Enumerable.Repeat(Says(200, Call()), 3));
        var client = server.Client();

        for (var i = 0; i < 3; i++)
            await client.Calls.GetAsync("e1");

        Assert.Single(server.Requests.Select(request => request.Connection).Distinct());
    }

    [Fact]
    public void A_client_that_does_not_know_where_its_rapida_answers_says_how_to_tell_it()
    {
        var error = Assert.Throws<ArgumentException>(() => new RapidaClient(new RapidaClientOptions { ApiKey = Key }));

        Assert.Contains("RAPIDA_BASE_URL", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("http://user:word@localhost")]
    [InlineData("http://localhost?key=1")]
    [InlineData("/v1")]
    public void An_address_that_is_none_is_refused(string address) => Assert.Throws<ArgumentException>(
        () => new RapidaClient(new RapidaClientOptions { ApiKey = Key, BaseUrl = new(address, UriKind.RelativeOrAbsolute) }));

    [Fact]
    public async Task The_key_and_peoples_data_are_in_no_text_that_ends_in_a_log()
    {
        await using var server = await ScriptedServer.StartAsync(Says(202, Call()));
        using var nowhere = new RapidaClient(new RapidaClientOptions { ApiKey = Key, BaseUrl = new("http://127.0.0.1:1"), Retries = 0 });
        var asked = new CreateCall { AssistantId = "1", ToNumber = Number };
        var settings = new PhoneSettings { CredentialId = "c1", PhoneNumber = Number };
        object[] things =
        [
            await server.Client().Calls.CreateAsync(asked),
            asked,
            settings,
            new RapidaClientOptions { ApiKey = Key },
            new Turn { Attempt = 1, Index = 1, Speaker = "caller", Text = Number, StartMs = 0, EndMs = 1 },
            await Assert.ThrowsAsync<RapidaException>(() => nowhere.Calls.GetAsync("e1")),
            Assert.Throws<ArgumentException>(() => new RapidaClient(new RapidaClientOptions { ApiKey = $"{Key}\r\nx: y", BaseUrl = server.Url })),
        ];

        var texts = string.Join('\n', things);
        Assert.DoesNotContain(Key, texts, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, texts, StringComparison.Ordinal);
    }

    // From the line that creates the call to the one that ends it, without the indentation.
    private static List<string> Sample(string text) =>
    [
        .. text.Split('\n').Select(line => line.Trim()).SkipWhile(line => line != "var call = await client.Calls.CreateAsync(new CreateCall")
            .TakeWhile(line => line != "});"),
    ];

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
