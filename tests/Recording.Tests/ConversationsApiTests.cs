using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Grpc.Core;
using Rapida.Calls.V1;
using Rapida.Conversations.V1;
using Rapida.Testing;

namespace Recording.Tests;

[Collection(nameof(House))]
public sealed class ConversationsApiTests(House house)
{
    [Fact]
    public async Task A_conversation_is_told_with_its_turns_and_values()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        var last = phone.Collected("time", "half past nine");
        await relay.SendAsync(
            phone.Opened(),
            phone.Turn(2, Speaker.Caller, "Nine thirty", 16_000, 24_000),
            phone.Turn(1, Speaker.Assistant, "When shall we", 0, 8_000, interrupted: true, gap: 0),
            last);
        await relay.StoredAsync(last);
        await house.TellAsync(phone.Answered());

        using var http = house.Http(phone.Project);
        var conversation = JsonNode.Parse(await http.GetStringAsync($"/v1/conversations/{phone.Conversation}"))!;

        Assert.Equal("in-progress", (string)conversation["status"]!);
        Assert.Equal("inbound", (string)conversation["direction"]!);
        Assert.Equal("123456789012345", (string)conversation["assistant_id"]!);
        Assert.Equal("half past nine", (string)conversation["collected"]!["time"]!);
        Assert.Equal(["When shall we", "Nine thirty"], conversation["turns"]!.AsArray().Select(turn => (string)turn!["text"]!));
        var turn = conversation["turns"]![0]!;
        Assert.Equal(("assistant", 1_000, true), ((string)turn["speaker"]!, (int)turn["end_ms"]!, (bool)turn["interrupted"]!));
        Assert.Null(conversation["recording_id"]);
    }

    [Fact]
    public async Task An_answer_tells_where_its_time_went()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        var last = phone.Turn(2, Speaker.Assistant, "Fine", 16_000, 24_000, gap: 800, waterfall: new() { EndOfTurnMs = 700, TranscriptMs = 738, FirstTokenMs = 310 });
        await relay.SendAsync(phone.Opened(), phone.Turn(1, Speaker.Caller, "Nine thirty", 0, 8_000), last);
        await relay.StoredAsync(last);

        using var http = house.Http(phone.Project);
        var turns = JsonNode.Parse(await http.GetStringAsync($"/v1/conversations/{phone.Conversation}"))!["turns"]!;

        Assert.Null(turns[0]!["waterfall"]);
        var waterfall = turns[1]!["waterfall"]!;
        Assert.Equal((700, 738, 310), ((int)waterfall["end_of_turn_ms"]!, (int)waterfall["transcript_ms"]!, (int)waterfall["first_token_ms"]!));
        Assert.Null(waterfall["first_sent_ms"]);
    }

    [Fact]
    public async Task What_was_decided_and_from_what_is_told_in_order_and_to_no_other_project()
    {
        var phone = new Phone();
        using var relay = house.NewRelay();
        JournalEntry[] entries =
        [
            phone.Opened(),
            phone.Next(new() { Inputs = new() { Inputs = { new SessionInput { SettingsJson = "{}" }, new SessionInput { Heard = new() { Count = 64, Voiced = ulong.MaxValue } } } } }),
            phone.Next(new() { Decision = new() { Kind = "idle_prompt", AtSample = 8_000 } }),
            phone.Next(new() { Inputs = new() { First = 2, Inputs = { new SessionInput { Key = "5" } } } }),
        ];
        await relay.SendAsync(entries);
        await relay.StoredAsync(entries[^1]);

        using var http = house.Http(phone.Project);
        var journal = JsonNode.Parse(await http.GetStringAsync($"/v1/conversations/{phone.Conversation}/journal"))!.AsArray();

        Assert.Equal(["inputs", "decision", "inputs"], journal.Select(entry => (string)entry!["kind"]!));
        var heard = SessionInputs.Parser.ParseJson(journal[0]!["body"]!.ToJsonString()).Inputs[1].Heard;
        Assert.Equal((64, ulong.MaxValue), (heard.Count, heard.Voiced));
        Assert.Equal("5", SessionInputs.Parser.ParseJson(journal[2]!["body"]!.ToJsonString()).Inputs[0].Key);

        using var stranger = house.Http(Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri($"/v1/conversations/{phone.Conversation}/journal", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_relay_that_goes_on_is_told_whether_everything_of_the_streams_before_is_here()
    {
        var first = new Phone();
        var second = first.Again(after: TimeSpan.FromSeconds(2));
        var conversations = new Conversations.ConversationsClient(house.CallAs("media"));
        var request = new GetConversationRequest { ProjectId = first.Project.ToString(), Id = first.Conversation.ToString() };
        using var relay = house.NewRelay();
        var (turn, closed) = (first.Turn(1, Speaker.Caller, "The desk please", 0, 8_000), first.Closed(16_000, "transfer"));
        await relay.SendAsync(first.Opened(), turn);
        await relay.StoredAsync(turn);
        Assert.Equal(0, (await conversations.GetConversationAsync(request)).CompleteAttempts);

        await relay.SendAsync(closed);
        await relay.StoredAsync(closed);
        var complete = await conversations.GetConversationAsync(request);
        Assert.Equal((1, "The desk please"), (complete.CompleteAttempts, Assert.Single(complete.Turns).Text));

        var opened = second.Opened();
        await relay.SendAsync(opened);
        await relay.StoredAsync(opened);
        Assert.Equal(1, (await conversations.GetConversationAsync(request)).CompleteAttempts);
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => conversations.ListConversationsAsync(new() { ProjectId = first.Project.ToString() }).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public async Task Conversations_are_listed_page_by_page_the_newest_first()
    {
        var project = Guid.NewGuid();
        var phones = Enumerable.Range(0, 5)
            .Select(i => new Phone { Project = project, Conversation = Guid.CreateVersion7(Phone.Began.AddSeconds(i)) })
            .ToList();
        foreach (var phone in phones)
            await house.TellAsync(phone.Answered());

        using var http = house.Http(project);
        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = JsonNode.Parse(await http.GetStringAsync($"/v1/conversations?page_size=2&page_token={token}"))!;
            seen.AddRange(page["conversations"]!.AsArray().Select(conversation => (string)conversation!["id"]!));
            token = (string?)page["next_page_token"];
        }
        while (token is not null);

        Assert.Equal(phones.Select(phone => phone.Conversation.ToString()).Reverse(), seen);
        var answer = await house.Conversations.ListConversationsAsync(new() { ProjectId = project.ToString(), PageSize = 3 });
        Assert.Equal(seen.Take(3), answer.Conversations.Select(conversation => conversation.Id));
        Assert.Equal(seen[2], answer.NextPageToken);
    }

    [Theory]
    [InlineData("page_size=0", "page_size_invalid")]
    [InlineData("page_size=101", "page_size_invalid")]
    [InlineData("page_token=x", "page_token_invalid")]
    public async Task A_list_that_cannot_be_is_refused(string query, string code)
    {
        using var http = house.Http(Guid.NewGuid());
        var answer = await http.GetAsync($"/v1/conversations?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await CodeOfAsync(answer)));
    }

    [Fact]
    public async Task A_recording_is_downloaded_whole_or_in_part()
    {
        var (phone, recordingId) = await RecordedAsync();
        using var http = house.Http(phone.Project);
        var about = JsonNode.Parse(await http.GetStringAsync($"/v1/recordings/{recordingId}"))!;
        Assert.Equal((20, 684), ((int)about["duration_ms"]!, (int)about["size_bytes"]!));
        Assert.Equal(phone.Conversation.ToString(), (string)about["conversation_id"]!);

        var whole = await http.GetAsync($"/v1/recordings/{recordingId}/audio");
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal("audio/wav", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(house.WavPath(phone)), bytes);

        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/recordings/{recordingId}/audio");
        request.Headers.Range = new RangeHeaderValue(44, 143);
        var part = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[44..144], await part.Content.ReadAsByteArrayAsync());

        var streamed = new MemoryStream();
        using var download = house.Recordings.Download(new() { ProjectId = phone.Project.ToString(), Id = recordingId.ToString() });
        await foreach (var chunk in download.ResponseStream.ReadAllAsync())
            chunk.Data.WriteTo(streamed);
        Assert.Equal(bytes, streamed.ToArray());
    }

    [Fact]
    public async Task Recordings_come_in_pages_the_newest_first()
    {
        var project = Guid.NewGuid();
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
            made.Insert(0, (await RecordedAsync(project)).RecordingId.ToString());

        using var http = house.Http(project);
        var listed = await Pages.ReadAsync(http, "/v1/recordings", "recordings", 2);

        Assert.Equal(made, listed.Select(recording => (string)recording["id"]!));
    }

    [Fact]
    public async Task Another_project_finds_nothing()
    {
        var (phone, recordingId) = await RecordedAsync();
        using var http = house.Http(Guid.NewGuid());

        string[] paths = [$"conversations/{phone.Conversation}", $"recordings/{recordingId}", $"recordings/{recordingId}/audio"];
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/v1/{path}")).StatusCode);
        Assert.Empty(await Pages.ReadAsync(http, "/v1/recordings", "recordings", 100));
        Assert.Empty(JsonNode.Parse(await http.GetStringAsync("/v1/conversations"))!["conversations"]!.AsArray());
        var refusal = await Assert.ThrowsAsync<RpcException>(() => house.Recordings.GetRecordingAsync(
            new() { ProjectId = Guid.NewGuid().ToString(), Id = recordingId.ToString() }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused()
    {
        var project = Guid.NewGuid();
        using var http = house.Http(project);
        http.DefaultRequestHeaders.Remove("x-api-key");
        http.DefaultRequestHeaders.Add("x-api-key", FakePeers.OtherKeyOf(project));

        string[] paths = ["conversations", $"conversations/{project}", $"recordings/{project}", $"recordings/{project}/audio"];
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync($"/v1/{path}")).StatusCode);
    }

    [Fact]
    public async Task A_conversation_that_only_CallControl_knows_is_queued()
    {
        var phone = new Phone();
        house.Peers.Calls[(phone.Project.ToString(), phone.Conversation.ToString())] = new Call
        {
            Id = phone.Call.ToString(),
            AssistantId = "123456789012345",
            Direction = Direction.Outbound,
            Status = "queued",
        };
        using var http = house.Http(phone.Project);

        var conversation = JsonNode.Parse(await http.GetStringAsync($"/v1/conversations/{phone.Conversation}"))!;

        Assert.Equal(("queued", "outbound"), ((string)conversation["status"]!, (string)conversation["direction"]!));
        Assert.Equal(phone.Call.ToString(), (string)conversation["call_id"]!);
    }

    [Fact]
    public async Task A_conversation_that_nobody_knows_is_not_found()
    {
        using var http = house.Http(Guid.NewGuid());

        foreach (var id in (string[])[Guid.NewGuid().ToString(), "no-uuid"])
        {
            var answer = await http.GetAsync($"/v1/conversations/{id}");
            Assert.Equal((HttpStatusCode.NotFound, "conversation_not_found"), (answer.StatusCode, await CodeOfAsync(answer)));
        }
    }

    [Fact]
    public async Task While_CallControl_is_away_an_unknown_conversation_may_exist()
    {
        await using var lonely = house.NewService(peers: "http://127.0.0.1:1");
        using var http = lonely.NewHttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", FakePeers.KeyOf(Guid.NewGuid()));

        var answer = await http.GetAsync($"/v1/conversations/{Guid.NewGuid()}");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "calls_unavailable"), (answer.StatusCode, await CodeOfAsync(answer)));
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!;

    private async Task<(Phone Phone, Guid RecordingId)> RecordedAsync(Guid? project = null)
    {
        var phone = new Phone { Project = project ?? Guid.NewGuid() };
        using var relay = house.NewRelay();
        var closed = phone.Closed(160);
        await relay.SendAsync(phone.Opened(), phone.Audio(Track.Caller, 0, Phone.Tone(440, 160)));
        await relay.SendAsync(closed);
        await relay.StoredAsync(closed);
        await house.TellAsync(phone.Ended());
        return (phone, (await house.RecordingReadyAsync(phone.Conversation)).RecordingId);
    }
}
