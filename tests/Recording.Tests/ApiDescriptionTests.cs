using Rapida.Conversations.V1;
using Rapida.Testing.OpenApi;

namespace Recording.Tests;

/// <summary>What Recording says of itself in docs/openapi.json is true.</summary>
[Collection(nameof(House))]
public sealed class ApiDescriptionTests(House house)
{
    [Fact]
    public async Task What_is_described_is_in_the_document_and_happens()
    {
        var document = await ApiDocument.CheckAsync(house.Services);
        var phone = new Phone();
        using var relay = house.NewRelay();
        JournalEntry[] entries =
        [
            phone.Opened(),
            phone.Audio(Track.Caller, 0, Phone.Tone(440, 8_000)),
            phone.Turn(1, Speaker.Caller, "Nine thirty", 0, 8_000),
            phone.Turn(2, Speaker.Assistant, "Fine", 8_000, 16_000, gap: 800, waterfall: new() { EndOfTurnMs = 700, TranscriptMs = 738 }),
            phone.Next(new() { Decision = new() { Kind = "idle_prompt", AtSample = 8_000 } }),
            phone.Collected("time", "half past nine"),
            phone.Closed(16_000),
        ];
        await relay.SendAsync(entries);
        await relay.StoredAsync(entries[^1]);
        await house.TellAsync(phone.Ended());
        var recording = (await house.RecordingReadyAsync(phone.Conversation)).RecordingId.ToString();
        using var http = house.Http(phone.Project);
        var api = new ApiCaller(document, http);

        await api.CallAsync("listConversations");
        Assert.NotEmpty((await api.CallAsync("getConversation", phone.Conversation.ToString()))!["turns"]!.AsArray());
        Assert.NotEmpty((await api.CallAsync("getConversationJournal", phone.Conversation.ToString()))!.AsArray());
        Assert.NotEmpty((await api.CallAsync("listRecordings"))!["recordings"]!.AsArray());
        await api.CallAsync("getRecording", recording);
        await api.CallAsync("downloadRecording", recording);
        api.AssertAllWereTried();
    }
}
