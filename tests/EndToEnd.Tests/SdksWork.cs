using System.Net;
using Rapida.Audio;
using Rapida.Client;
using Rapida.Testing;
using Xunit;

namespace EndToEnd.Tests;

public sealed class SdksWork(RunningSystem system) : IClassFixture<RunningSystem>
{
    [Fact]
    public async Task An_assistant_is_made_and_told_where_to_answer_in_csharp()
    {
        using var client = system.NewClient();
        var twilio = await client.Credentials.ListAsync().FirstAsync(credential => credential.Provider == "twilio");

        var assistant = await client.Assistants.CreateAsync("Made in C#");
        var model = new Provider { Name = "scripted", Options = new Dictionary<string, string> { ["model"] = "appointment" } };
        var version = await client.Assistants.Versions.CreateAsync(assistant.Id, new() { LanguageModel = model, Prompt = "Take an appointment." });
        var phone = await client.Assistants.Phone.SaveAsync(assistant.Id, new()
        {
            CredentialId = twilio.Id,
            PhoneNumber = "+13125550161",
            SpeechToText = new() { Name = "pocketsphinx" },
            TextToSpeech = new() { Name = "flite" },
        });
        var changed = await client.Assistants.Phone.SaveAsync(assistant.Id, phone with { Greeting = "Good day." });

        Assert.Equal((1, "appointment"), (version.Version, version.LanguageModel?.Options["model"]));
        Assert.Equal((1, 2, "Good day.", 30), (phone.Revision, changed.Revision, changed.Greeting, changed.IdleTimeoutSeconds));
        Assert.Equal(1, (await client.Assistants.GetAsync(assistant.Id)).LiveVersion);
        Assert.Equal("Good day.", (await client.Assistants.Phone.GetAsync(assistant.Id)).Greeting);
        Assert.Contains(await client.Assistants.ListAsync(pageSize: 1).ToListAsync(), listed => listed.Id == assistant.Id);

        await client.Assistants.Versions.CreateAsync(assistant.Id, new() { LanguageModel = model, Prompt = "Take it kindly." });
        Assert.Equal([2, 1], await client.Assistants.Versions.ListAsync(assistant.Id, pageSize: 1).Select(listed => listed.Version).ToListAsync());
        Assert.Equal("Take an appointment.", (await client.Assistants.Versions.GetAsync(assistant.Id, 1)).Prompt);
        await AssertRefusedAsync(HttpStatusCode.NotFound, "version_unknown", () => client.Assistants.Versions.GetAsync(assistant.Id, 3));
    }

    [Fact]
    public async Task A_call_its_conversation_and_its_recording_are_read_in_csharp()
    {
        using var client = system.NewClient();
        var sids = new[] { await system.RingAsync(), await system.RingAsync() };

        var calls = await client.Calls.ListAsync(new CallFilter { PageSize = 1 }).Where(call => sids.Contains(call.ProviderCallId)).ToListAsync();
        Assert.Equal(2, calls.Count);
        var call = await client.Calls.WaitAsync(calls[0].Id, TimeSpan.FromSeconds(30));
        Assert.Equal((CallStatus.Completed, "inbound"), (call.Status, call.Direction));

        Conversation? conversation = null;
        await RunningSystem.UntilAsync(
            async () => (conversation = await client.Conversations.GetAsync(call.Conversation.Id)).RecordingId is not null);
        Assert.Contains(conversation!.Turns!, turn => turn.Speaker == "assistant");
        Assert.NotEmpty(await client.Conversations.JournalAsync(conversation.Id));
        Assert.Contains(await client.Conversations.ListAsync(pageSize: 1).ToListAsync(), listed => listed.Id == conversation.Id);

        var recording = await client.Recordings.GetAsync(conversation.RecordingId!);
        Assert.Contains(recording, await client.Recordings.ListAsync(pageSize: 1).ToListAsync());
        var path = Path.Combine(system.DataFolder, "from-csharp.wav");
        Assert.Equal(recording.SizeBytes, await client.Recordings.DownloadAsync(recording.Id, path));
        Assert.Equal(2, WavFile.Read(path).Channels);
    }

    [Fact]
    public async Task A_credential_and_a_key_live_and_die_in_csharp()
    {
        using var client = system.NewClient();

        var fields = new Dictionary<string, string> { ["account_sid"] = $"AC{new string('0', 32)}", ["account_token"] = new('1', 32) };
        var credential = await client.Credentials.CreateAsync(new() { Provider = "twilio", Name = "Made in C#", Fields = fields });
        await client.Credentials.RenameAsync(credential.Id, "Renamed");
        await client.Credentials.RotateAsync(
            credential.Id, new() { Fields = new Dictionary<string, string?> { ["account_token"] = new('2', 32) }, Grace = 60 });
        var verified = await client.Credentials.VerifyAsync(credential.Id);
        Assert.Equal(("Renamed", "failing"), (verified.Name, verified.Status));
        Assert.NotNull(verified.PreviousUntil);
        var leases = await client.Credentials.LeasesAsync(credential.Id, pageSize: 1).ToListAsync();
        Assert.NotEmpty(leases);
        Assert.Equal(leases[0], (await client.Credentials.LeasesPageAsync(credential.Id, pageSize: 1)).Items.Single());
        await client.Credentials.DeleteAsync(credential.Id);
        await AssertRefusedAsync(HttpStatusCode.NotFound, "credential_unknown", () => client.Credentials.GetAsync(credential.Id));

        var made = await client.ApiKeys.CreateAsync(new() { Name = "Reader", Scopes = ["calls:read"] });
        using (var reader = new RapidaClient(new RapidaClientOptions { ApiKey = made.Key, BaseUrl = new(system.Run.GetProperty("gateway_url").GetString()!) }))
        {
            await reader.Calls.ListPageAsync();
            await AssertRefusedAsync(HttpStatusCode.Forbidden, "scope_missing", () => reader.Assistants.CreateAsync("Not mine to make"));
        }

        Assert.NotNull((await client.ApiKeys.RevokeAsync(made.ApiKey.Id)).RevokedAt);
        Assert.Contains(await client.ApiKeys.ListAsync(pageSize: 1).ToListAsync(), listed => listed.Id == made.ApiKey.Id);
    }

    [Fact]
    public async Task A_number_is_set_up_and_refused_webhooks_are_diagnosed_in_csharp()
    {
        using var client = system.NewClient();
        var twilio = await client.Credentials.ListAsync().FirstAsync(credential => credential.Provider == "twilio");
        var key = (await client.ApiKeys.CreateAsync(new() { Name = "Twilio's webhooks", Scopes = ["webhook"] })).Key;
        var asked = new SetUpNumber { AssistantId = AssistantId, WebhookKey = key, Number = "+15559876543" };

        var would = await client.Numbers.SetUpAsync(asked);
        Assert.False(would.Applied);
        Assert.Contains(would.Changes, change => change.Field == "voice_url");
        Assert.True((await client.Numbers.SetUpAsync(asked with { Apply = true })).Applied);
        Assert.Empty((await client.Numbers.SetUpAsync(asked)).Changes);
        var number = await client.Numbers.ListAsync(twilio.Id).SingleAsync(listed => listed.Number == asked.Number);
        Assert.Equal((true, AssistantId), (number.IsSetUp, number.AssistantId));
        Assert.DoesNotContain(key, number.VoiceUrl, StringComparison.Ordinal);
        await AssertRefusedAsync(
            HttpStatusCode.BadRequest, "webhook_key_invalid", () => client.Numbers.SetUpAsync(asked with { WebhookKey = "rpd-nobody" }));

        using var anotherAccount = system.NewApiClient();
        var webhook = new Uri($"/v1/talk/twilio/call/{AssistantId}?x-api-key={key}", UriKind.Relative);
        var nobodys = new FormUrlEncodedContent([new("CallSid", $"CA{new string('0', 32)}"), new("AccountSid", $"AC{new string('0', 32)}")]);
        using var refused = await anotherAccount.PostAsync(webhook, nobodys);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var finding = await client.Diagnostics.SignatureAsync(new() { CredentialId = twilio.Id, Url = $"https://voice.example.com{webhook}" });
        Assert.Equal((false, "signature_missing"), (finding.Valid, finding.Cause));
        Assert.Contains(await client.Diagnostics.ListAsync().ToListAsync(), diagnostic => diagnostic.Reason == "webhook_account");
    }

    [Fact]
    public async Task People_come_change_and_go_in_csharp()
    {
        using var client = system.NewClient();
        var ann = new AddMember { Email = "ann.csharp@example.com", Role = "viewer" };

        var member = await client.Members.AddAsync(ann);
        await AssertRefusedAsync(HttpStatusCode.Conflict, "member_exists", () => client.Members.AddAsync(ann));
        Assert.Equal("operator", (await client.Members.ChangeRoleAsync(member.Id, "operator")).Role);
        Assert.Contains(await client.Members.ListAsync().ToListAsync(), listed => listed is { Email: "ann.csharp@example.com", Role: "operator" });
        await client.Members.RemoveAsync(member.Id);
        await AssertRefusedAsync(HttpStatusCode.NotFound, "member_unknown", () => client.Members.RemoveAsync(member.Id));
    }

    [Fact]
    public async Task Refusals_have_their_codes_in_csharp()
    {
        using var client = system.NewClient();
        using var stranger = new RapidaClient(new RapidaClientOptions { ApiKey = "rpd-nobody", BaseUrl = new(system.Run.GetProperty("gateway_url").GetString()!) });

        var unknown = await AssertRefusedAsync(HttpStatusCode.NotFound, "call_unknown", () => client.Calls.GetAsync(Guid.CreateVersion7().ToString()));
        Assert.NotNull(unknown.TraceId);
        await AssertRefusedAsync(HttpStatusCode.NotFound, "assistant_unknown", () => client.Assistants.GetAsync("999999999999999"));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "name_invalid", () => client.Assistants.CreateAsync(""));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "page_invalid", () => client.Calls.ListPageAsync(new CallFilter { PageSize = 1_000 }));
        await AssertRefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", () => stranger.Calls.ListPageAsync());
    }

    // The program itself says what should come out, and ends in an error where it does not.
    [Fact]
    public async Task All_of_it_is_done_in_python() => Assert.Equal(
        "All of it works.\n", await system.RunPythonAsync(
            Checkout.PathOf("tests", "EndToEnd.Tests", "sdks_work.py"), await system.RingAsync(), system.DataFolder, AssistantId));

    private string AssistantId => system.Run.GetProperty("assistant_id").GetString()!;

    private static async Task<RapidaException> AssertRefusedAsync(HttpStatusCode status, string code, Func<Task> request)
    {
        var refused = await Assert.ThrowsAsync<RapidaException>(request);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        return refused;
    }
}
