using Grpc.Core;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.MediaRelay.Tools;
using Rapida.Speech;
using Rapida.Testing;
using static Rapida.MediaRelay.Tests.Tools.CallsWithTools;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>What a tool is called with is a secret, and Vault lends it.</summary>
public sealed class LeasedHeadersTests : IDisposable
{
    private const string NotCalled = "What this tool is called with is not to be had at the moment, and so it was not called.";

    private readonly ManualTimeProvider _clock = new();
    private readonly LogCapture _logs = new();
    private readonly FakeVault _vault;
    private readonly LeasedHeaders _leased;

    public LeasedHeadersTests()
    {
        _vault = new FakeVault(_clock);
        _leased = new LeasedHeaders(_vault.Client, new ClaimResponse { CallId = "call" }, _clock, _logs.CreateLogger(""));
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task A_tool_is_called_with_the_headers_that_it_names_of_those_that_Vault_lends()
    {
        await using var call = await AskedAsync(Call(Once("book", "{}", "", "It is booked."), settings => settings with { Tools = [BookWith("x-key")] }));
        await using var all = await AskedAsync(Call(Once("book", "{}", "", "It is booked."), settings => settings with { Tools = [BookWith()] }));
        await using var other = await AskedAsync(Call(Once("book", "{}", "", "It is booked."), settings => settings with { Tools = [BookWith("X-Other")] }));

        Assert.Equal(("leased-key", "leased-key", ""), (
            Assert.Single(call.Web.Requests).Key, Assert.Single(all.Web.Requests).Key, Assert.Single(other.Web.Requests).Key));
        Assert.Equal(["+book {}", "-book ok"], call.Tools);
        Assert.Equal(BookWith().CredentialId, Assert.Single(call.Vault.Asked).Id);
        Assert.DoesNotContain(call.Journal, entry => entry.ToString().Contains("leased-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, "headers")]
    [InlineData(StatusCode.NotFound, "headers")]
    [InlineData(StatusCode.Unavailable, "headers")]
    [InlineData(null, "account_token")]
    public async Task Without_them_it_is_not_called_the_model_is_told_and_the_call_goes_on(StatusCode? refusal, string field)
    {
        var rounds = 0;
        var call = Call(
            request => rounds++ < 3 ? [new LanguageModelToken.ToolCall($"{rounds}", "book", "{}")] : [new LanguageModelToken.Text("I am sorry.")],
            settings => settings with { Tools = [BookWith()] });
        (call.Vault.Refusal, call.Vault.Secret) = (refusal, (field, "leased-key"));

        await using (await AskedAsync(call))
        {
            Assert.Empty(call.Web.Requests);
            Assert.Equal(NotCalled, call.Speech.Mind.Requests.Last().Messages[^1].Text);
            Assert.Equal("-book failed", call.Tools.Last());
            Assert.Equal(("I am sorry.", 3), (call.Turns.Last().Text, call.Vault.Asked.Count));
            var line = Assert.Single(call.Logs.Lines);
            Assert.Equal($"Call call: Vault does not give the headers of a tool, which is not called ({refusal?.ToString() ?? "NoHeaders"})", line.Text);
            Assert.Null(line.Exception);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    public async Task They_are_kept_as_long_as_Vault_says_and_five_minutes_at_most(int minutes)
    {
        _vault.Life = TimeSpan.FromMinutes(minutes);
        await ValueAsync();
        _vault.Secret = ("headers", """{"X-Key":"another"}""");

        _clock.Advance(TimeSpan.FromMinutes(Math.Min(minutes, 5)) - TimeSpan.FromTicks(1));
        Assert.Equal(("leased-key", 1), (await ValueAsync(), _vault.Asked.Count));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(("another", 2), (await ValueAsync(), _vault.Asked.Count));
    }

    [Fact]
    public async Task A_lease_that_is_over_is_not_used_while_Vault_is_away_and_a_refusal_is_not_remembered()
    {
        await ValueAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        _vault.Refusal = StatusCode.Unavailable;
        Assert.Null(await ValueAsync());

        _vault.Refusal = null;
        Assert.Equal("leased-key", await ValueAsync());
    }

    [Fact]
    public async Task Who_is_interrupted_meanwhile_is_not_told_of_a_refusal()
    {
        _vault.Refusal = StatusCode.Cancelled;
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => _leased.FindAsync("id", caller.Token));
        Assert.Empty(_logs.Lines);
    }

    [Fact]
    public async Task A_relay_shows_Vault_who_it_is_what_for_and_the_grant_of_the_call()
    {
        await using var relay = await RelayUnderTest.StartAsync();
        relay.Calls.Settings.Experience.Greeting = "";
        relay.Calls.Settings.Tools.Add(new Deployments.V1.HttpTool
        {
            Name = "book", Description = "Books.", ParametersJson = "{}", Url = "https://127.0.0.1/", Method = "POST", CredentialId = BookWith().CredentialId,
        });
        relay.Speech.Mind.Answer = request => request.Messages.Any(message => message.Role is ChatRole.Tool)
            ? [new LanguageModelToken.Text("It is not booked.")]
            : [new LanguageModelToken.ToolCall("1", "book", "{}")];
        await using var twilio = await relay.CallAsync();

        var entries = await relay.Recording.WaitForAsync(entries => entries.Any(entry => entry.EntryCase is JournalEntry.EntryOneofCase.ToolFinished));

        // It had its headers: the address is what it may not reach.
        Assert.Contains("address of this tool may not be reached", entries.Select(entry => entry.ToolFinished).OfType<ToolFinished>().Single().ResultJson, StringComparison.Ordinal);
        var asked = Assert.Single(relay.Vault.Asked);
        Assert.Equal((BookWith().CredentialId, "http-tool", "grant"), (asked.Id, asked.Purpose, asked.Grant));
        Assert.StartsWith("media@", asked.Instance, StringComparison.Ordinal);
        Assert.DoesNotContain(relay.Logs.Lines, line => $"{line.Text} {line.Exception}".Contains("leased-key", StringComparison.Ordinal));
        await twilio.HangUpAsync();
        await twilio.Closed;
    }

    private async Task<string?> ValueAsync() => (await _leased.FindAsync("id", CancellationToken.None))?["X-Key"].Reveal();
}
