using System.Net;
using System.Net.Http.Json;
using Rapida.Client;
using Rapida.Testing;
using Xunit;

namespace EndToEnd.Tests;

public sealed class SdksPlaceCalls : IAsyncLifetime
{
    // The number that the guide's sample calls from belongs to the emulated account.
    private readonly RunningSystem _system = new() { Environment = { ["Emulator__Accounts__0__OwnedNumbers__0"] = "+15559876543" } };

    public Task InitializeAsync() => _system.InitializeAsync();

    public Task DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task The_guides_sample_and_the_clients_place_calls_and_tell_what_became_of_them()
    {
        using var client = _system.NewClient();
        await AnswersAsync("+13125550171", new { outcome = "busy" });
        await AnswersAsync("+13125550172", new { outcome = "no-answer" });
        await AnswersAsync("+13125550173", new { outcome = "failed" });
        await AnswersAsync("+13125550174", new { outcome = "answered", answered_by = "machine_start", detection_ms = 1_000 });

        await TheGuidesSampleAsync(client);
        await ABusyNumberAsync(client);
        await ACallTakenBackAsync(client);
        await OutcomesAsync(client);
        await RefusalsAsync(client);
    }

    // To the letter: the key and the assistant's number alone are put in.
    private async Task TheGuidesSampleAsync(RapidaClient client)
    {
        var sample = await File.ReadAllTextAsync(Checkout.PathOf("sdk", "python", "examples", "place_call.py"));
        Assert.Contains("\"rpd-xxx-your-key\"", sample, StringComparison.Ordinal);
        Assert.Contains("assistant_id=123456789,", sample, StringComparison.Ordinal);
        var program = Path.Combine(_system.DataFolder, "place_call.py");
        await File.WriteAllTextAsync(program, sample
            .Replace("rpd-xxx-your-key", Sdks.KeyOf(_system), StringComparison.Ordinal)
            .Replace("123456789,", $"{AssistantId},", StringComparison.Ordinal));

        var printed = await _system.RunPythonAsync(program);

        Assert.StartsWith("Call queued: conversation_id=", printed, StringComparison.Ordinal);
        var conversation = printed.Trim().Split('=')[1];
        var call = await client.Calls.ListAsync(new CallFilter { Direction = "outbound", To = "+15551234567" }).SingleAsync();
        Assert.Equal(conversation, call.Conversation.Id);
        Assert.Equal(("+15559876543", "follow-up"), (call.From, call.Metadata["campaign"]?.GetValue<string>()));
        var ended = await client.Calls.WaitAsync(call.Id, TimeSpan.FromMinutes(2));
        Assert.Equal((CallStatus.Completed, "assistant", "none"), (ended.Status, ended.EndedBy, ended.Fault));
        Assert.Contains(await client.Calls.EventsAsync(call.Id), happened => happened.Word == "completed");
        await WasTalkedAndRecordedAsync(client, conversation);
    }

    // Whoever answers is a person who wants an appointment.
    private static async Task WasTalkedAndRecordedAsync(RapidaClient client, string conversation)
    {
        var told = await client.Conversations.GetAsync(conversation);
        for (var i = 0; i < 300 && told.RecordingId is null; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            told = await client.Conversations.GetAsync(conversation);
        }

        Assert.Contains(told.Turns!, turn => turn.Speaker == "caller");
        Assert.Contains(told.Turns!, turn => turn.Speaker == "assistant");
        using var wav = new MemoryStream();
        await client.Recordings.DownloadAsync(told.RecordingId!, wav);
        // Both sides, 8000 samples of two bytes a second each.
        Assert.True(wav.Length > 2 * 16_000 * 10, $"The recording has {wav.Length} bytes.");
    }

    private async Task OutcomesAsync(RapidaClient client)
    {
        (string Number, string Status, string EndedBy, string Fault)[] expected =
        [
            ("+13125550172", CallStatus.NoAnswer, "caller", "none"),
            ("+13125550173", CallStatus.Failed, "carrier", "carrier"),
            ("+13125550174", CallStatus.Completed, "machine", "none"),
        ];
        var placed = new List<Call>();
        foreach (var (number, _, _, _) in expected)
            placed.Add(await client.Calls.CreateAsync(new CreateCall { AssistantId = AssistantId, ToNumber = number, MachineDetection = "hang_up" }));

        foreach (var (call, (number, status, endedBy, fault)) in placed.Zip(expected))
        {
            var ended = await client.Calls.WaitAsync(call.Id, TimeSpan.FromMinutes(2));
            Assert.Equal((number, status, endedBy, fault), (number, ended.Status, ended.EndedBy, ended.Fault));
        }
    }

    private async Task ABusyNumberAsync(RapidaClient client)
    {
        var asked = new CreateCall { AssistantId = AssistantId, ToNumber = "+13125550171", IdempotencyKey = $"busy-{Guid.NewGuid():N}" };

        var call = await client.Calls.CreateAsync(asked);
        var again = await client.Calls.CreateAsync(asked);

        Assert.Equal(call.Id, again.Id);
        var ended = await client.Calls.WaitAsync(call.Id, TimeSpan.FromMinutes(1));
        Assert.Equal(CallStatus.Busy, ended.Status);
        Assert.NotNull(ended.Reason);
        Assert.Single(await client.Calls.ListAsync(new CallFilter { To = "+13125550171" }).ToListAsync());
    }

    private async Task ACallTakenBackAsync(RapidaClient client)
    {
        var call = await client.Calls.CreateAsync(new CreateCall { AssistantId = AssistantId, ToNumber = "+13125550172" });

        await client.Calls.CancelAsync(call.Id);

        Assert.Equal(CallStatus.Canceled, (await client.Calls.WaitAsync(call.Id, TimeSpan.FromMinutes(1))).Status);
        // A second time it stays as it is.
        Assert.Equal(CallStatus.Canceled, (await client.Calls.HangUpAsync(call.Id)).Status);
    }

    private static async Task RefusalsAsync(RapidaClient client)
    {
        var refused = await Assert.ThrowsAsync<RapidaException>(
            () => client.Calls.CreateAsync(new CreateCall { AssistantId = "999999999999999", ToNumber = "+13125550171" }));
        Assert.Equal((HttpStatusCode.BadRequest, "assistant_unknown"), (refused.Status, refused.Code));
    }

    private string AssistantId => _system.Run.GetProperty("assistant_id").GetString()!;

    private async Task AnswersAsync(string number, object callee)
    {
        using var emulator = _system.NewEmulatorClient();
        using var described = await emulator.PutAsJsonAsync($"/emulator/callees/{Uri.EscapeDataString(number)}", callee);
        Assert.True(described.IsSuccessStatusCode, await described.Content.ReadAsStringAsync());
    }
}
