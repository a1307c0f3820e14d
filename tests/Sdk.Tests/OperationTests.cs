using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rapida.Client;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

/// <summary>What there is besides calls: numbers, diagnostics, members, versions, and the pages of every list.</summary>
public sealed class OperationTests
{
    private const string At = "\"2026-11-25T09:12:40Z\"";
    private const string Member = $$"""{"id":"b1","email":"ann@example.com","role":"viewer","created_at":{{At}}}""";
    private const string Finding =
        """{"valid":false,"cause":"host","detail":"Twilio signed another host.","signed_url":"https://tunnel.example.net?From=%2B15557654321"}""";
    private const string Setup =
        """
        {"number":"+15551234567","assistant_id":"123456789","applied":false,
         "changes":[{"field":"voice_url","from":null,"to":"https://voice.example.com/v1/talk"}]}
        """;
    private const string OneNumber =
        """
        {"number":"+15551234567","friendly_name":"(555) 123-4567","voice_url":null,"voice_method":"POST","status_callback":null,
         "assistant_id":"123456789","in_the_way":["trunk_sid"],"set_up":false}
        """;

    public static TheoryData<string, string, string> Lists => new()
    {
        { "/v1/assistants", "assistants", $$"""{"id":"1","name":"Clinic","created_at":{{At}}}""" },
        { "/v1/assistants/1/versions", "versions", $$"""{"assistant_id":"1","version":3,"created_at":{{At}}}""" },
        { "/v1/credentials", "credentials", $$"""{"id":"1","provider":"twilio","name":"Desk","status":"failing","created_at":{{At}},"updated_at":{{At}}}""" },
        {
            "/v1/credentials/1/leases", "leases",
            $$"""{"id":"1","purpose":"dial","caller":"calls","instance":"1","created_at":{{At}},"expires_at":{{At}}}"""
        },
        { "/v1/api-keys", "api_keys", $$"""{"id":"1","name":"Reader","display":"rpd-7","scopes":["calls:read"],"created_at":{{At}}}""" },
        { "/v1/recordings", "recordings", $$"""{"id":"1","conversation_id":"f1","created_at":{{At}},"duration_ms":1200,"size_bytes":38444}""" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_takes_a_size_and_goes_on_from_a_token(string path, string name, string item)
    {
        await using var server = await ScriptedServer.StartAsync(PageOf("b"), PageOf(null), PageOf("c"), PageOf(null));
        var client = server.Client();

        Assert.Equal(("b", null), (await TokenAsync(client, path, null), await TokenAsync(client, path, "b")));
        Assert.Equal(2, await CountAsync(client, path));

        Assert.Equal(
            [$"{path}?page_size=1", $"{path}?page_size=1&page_token=b", $"{path}?page_size=1", $"{path}?page_size=1&page_token=c"],
            server.Requests.Select(request => request.Target));

        Func<HttpContext, Task> PageOf(string? following) =>
            Answers.Says(200, new JsonObject { [name] = new JsonArray(JsonNode.Parse(item)), ["next_page_token"] = following });
    }

    [Fact]
    public async Task A_version_is_read()
    {
        await using var server = await ScriptedServer.StartAsync(Says($$"""{"assistant_id":"1","version":3,"created_at":{{At}}}"""));

        Assert.Equal(3, (await server.Client().Assistants.Versions.GetAsync("1", 3)).Version);
        Assert.Equal("/v1/assistants/1/versions/3", server.Requests[0].Target);
    }

    [Fact]
    public async Task Calls_are_found_by_the_carriers_id()
    {
        await using var server = await ScriptedServer.StartAsync(Says("""{"calls":[]}"""));

        Assert.Empty((await server.Client().Calls.ListPageAsync(new CallFilter { ProviderCallId = "CA0123" })).Items);
        Assert.Equal("/v1/calls?provider_call_id=CA0123", server.Requests[0].Target);
    }

    [Fact]
    public async Task Numbers_are_listed_and_set_up()
    {
        await using var server = await ScriptedServer.StartAsync(Says($$"""{"numbers":[{{OneNumber}}]}"""), Says(Setup));
        var client = server.Client();

        var number = await client.Numbers.ListAsync("c1").SingleAsync();
        var setup = await client.Numbers.SetUpAsync(new() { AssistantId = "123456789", WebhookKey = Key });

        Assert.Equal((false, "trunk_sid", "+15551234567"), (number.IsSetUp, Assert.Single(number.InTheWay), number.Number));
        Assert.Equal(new NumberChange("voice_url", null, "https://voice.example.com/v1/talk"), Assert.Single(setup.Changes));
        Assert.Equal("/v1/numbers?credential_id=c1", server.Requests[0].Target);
        Assert.Equal($$"""{"assistant_id":"123456789","webhook_key":"{{Key}}","apply":false}""", server.Requests[1].Body);
    }

    [Fact]
    public async Task A_signature_is_diagnosed()
    {
        await using var server = await ScriptedServer.StartAsync(
            Says(Finding), Says("""{"diagnostics":[{"reason":"missing_version","minute":"2026-11-25T09:12:00Z","count":2}]}"""));
        var client = server.Client();

        var finding = await client.Diagnostics.SignatureAsync(new()
        {
            CredentialId = "c1", Url = "https://voice.example.com", Params = new() { ["Digits"] = new JsonArray("1", "2") }, Signature = "RSOY",
        });
        var diagnostic = await client.Diagnostics.ListAsync().SingleAsync();

        Assert.Equal((false, "host", 2), (finding.Valid, finding.Cause, diagnostic.Count));
        Assert.Equal("""{"credential_id":"c1","url":"https://voice.example.com","params":{"Digits":["1","2"]},"signature":"RSOY"}""", server.Requests[0].Body);
    }

    [Fact]
    public async Task Members_come_change_and_go()
    {
        await using var server = await ScriptedServer.StartAsync(
            Says(Member), Says($$"""{"members":[{{Member}}]}"""), Says(Member), Problem(409, "last_admin"));
        var members = server.Client().Members;

        var added = await members.AddAsync(new() { Email = "ann@example.com", Role = "viewer" });
        Assert.Equal(added, await members.ListAsync().SingleAsync());
        await members.ChangeRoleAsync(added.Id, "operator");
        Assert.Equal("last_admin", (await Assert.ThrowsAsync<RapidaException>(() => members.RemoveAsync(added.Id))).Code);

        Assert.Equal(
            [
                """POST /v1/members {"email":"ann@example.com","role":"viewer"}""", "GET /v1/members ",
                """PATCH /v1/members/b1 {"role":"operator"}""", "DELETE /v1/members/b1 ",
            ],
            server.Requests.Select(request => $"{request.Method} {request.Target} {request.Body}"));
    }

    public static TheoryData<string, bool> Changes => new()
    {
        { "set up", true }, { "signature", true }, { "change role", true }, { "add", false }, { "remove", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_changes_nothing_the_second_time_is_sent_again_and_nothing_else(string what, bool again)
    {
        var answer = what switch { "set up" => Setup, "signature" => Finding, _ => Member };
        await using var server = await ScriptedServer.StartAsync(HangsUp, Problem(503, "unavailable"), Says(answer));
        var client = server.Client();
        Func<Task> asked = what switch
        {
            "set up" => () => client.Numbers.SetUpAsync(new() { AssistantId = "1", WebhookKey = Key, Apply = true }),
            "signature" => () => client.Diagnostics.SignatureAsync(new() { CredentialId = "c1", Url = "https://voice.example.com" }),
            "change role" => () => client.Members.ChangeRoleAsync("b1", "viewer"),
            "add" => () => client.Members.AddAsync(new() { Email = "ann@example.com", Role = "viewer" }),
            _ => () => client.Members.RemoveAsync("b1"),
        };

        if (again)
            await asked();
        else
            await Assert.ThrowsAsync<RapidaException>(asked);

        Assert.Equal(again ? 3 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task What_prints_itself_leaves_out_people_and_keys()
    {
        await using var server = await ScriptedServer.StartAsync(
            Says($$"""{"numbers":[{{OneNumber}}]}"""), Says(Setup), Says(Finding), Says(Member));
        var client = server.Client();
        var setUp = new SetUpNumber { AssistantId = "1", WebhookKey = Key, Number = Number };
        var signed = new SignedRequest
        {
            CredentialId = "c1", Url = $"https://voice.example.com?x-api-key={Key}", Params = new() { ["From"] = "+15557654321" },
        };
        var add = new AddMember { Email = "ann@example.com", Role = "viewer" };
        object[] printed =
        [
            await client.Numbers.ListAsync("c1").SingleAsync(), await client.Numbers.SetUpAsync(setUp), await client.Diagnostics.SignatureAsync(signed),
            await client.Members.AddAsync(add), setUp, signed, add, new CallFilter { ProviderCallId = "CA0123", To = Number },
        ];

        var shown = string.Join('\n', printed);
        Assert.All(
            ["5551234567", "123-4567", "5557654321", "ann@example.com", Key], secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    private static async Task<string?> TokenAsync(RapidaClient client, string path, string? token) => path switch
    {
        "/v1/assistants" => (await client.Assistants.ListPageAsync(1, token)).NextPageToken,
        "/v1/assistants/1/versions" => (await client.Assistants.Versions.ListPageAsync("1", 1, token)).NextPageToken,
        "/v1/credentials" => (await client.Credentials.ListPageAsync(1, token)).NextPageToken,
        "/v1/credentials/1/leases" => (await client.Credentials.LeasesPageAsync("1", 1, token)).NextPageToken,
        "/v1/api-keys" => (await client.ApiKeys.ListPageAsync(1, token)).NextPageToken,
        _ => (await client.Recordings.ListPageAsync(1, token)).NextPageToken,
    };

    private static async Task<int> CountAsync(RapidaClient client, string path) => path switch
    {
        "/v1/assistants" => await client.Assistants.ListAsync(1).CountAsync(),
        "/v1/assistants/1/versions" => await client.Assistants.Versions.ListAsync("1", 1).CountAsync(),
        "/v1/credentials" => await client.Credentials.ListAsync(1).CountAsync(),
        "/v1/credentials/1/leases" => await client.Credentials.LeasesAsync("1", 1).CountAsync(),
        "/v1/api-keys" => await client.ApiKeys.ListAsync(1).CountAsync(),
        _ => await client.Recordings.ListAsync(1).CountAsync(),
    };

    private static Func<HttpContext, Task> Says(string json) => Answers.Says(200, JsonNode.Parse(json)!);
}
