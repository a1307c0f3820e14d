using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapida.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A call is held. Then everything that it has left behind is searched for what must not be there.</summary>
public sealed partial class NothingLeaks
{
    // docs/security.md, "Where personal data lies": | calls-db | calls.from_address | … |
    private static readonly HashSet<string> MayHoldPersonalData =
        [.. File.ReadLines(Checkout.PathOf("docs/security.md")).Select(line => Column().Match(line)).Where(match => match.Success).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

    [Fact]
    public async Task A_call_leaves_secrets_nowhere_and_numbers_and_words_only_where_the_documents_say()
    {
        await using var collector = await Collector.StartAsync();
        var system = new RunningSystem { Environment = { ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = collector.Address } };
        await system.InitializeAsync();
        try
        {
            var (broker, events) = await Traces.OfEventsAsync(system, Exchanges());
            using (var call = system.Start("Rapida.Call"))
            {
                var output = await call.StandardOutput.ReadToEndAsync();
                await call.WaitForExitAsync();
                Assert.True(call.ExitCode == 0, output);
            }

            await broker.DisposeAsync();
            var secrets = Directory.GetFiles(Path.Combine(system.DataFolder, "secrets"))
                .Where(file => !NoSecrets().IsMatch(Path.GetFileName(file)))
                .SelectMany(file => Disguises.Of(SecretOf(File.ReadAllText(file)))).ToList();
            var people = (await PersonalDataAsync(system)).SelectMany(Disguises.Of).ToList();
            List<Trace> all =
            [
                .. await Traces.OfDatabasesAsync(system), .. await Traces.OfRedisAsync(system), .. events,
                .. system.Lines.Where(line => !Banner().IsMatch(line)).Select(line => new Trace("console", line)),
            ];
            // What is exported every few seconds comes when the services end.
            await system.EndAsync("TERM");
            all.AddRange(collector.Taken.Select(export => new Trace(export.Kind, export.Text)));

            foreach (var place in (string[])["calls-db calls.id", "event", "LogsService", "TraceService", "MetricsService", "console"])
                Assert.Contains(all, trace => trace.Place == place);
            Assert.DoesNotContain(all, trace => trace.Place == Collector.Unread);
            Assert.Equal([], PlacesOf(all, secrets));
            Assert.Equal([], PlacesOf(all, people).Except(MayHoldPersonalData));
        }
        finally
        {
            await system.DisposeAsync();
        }
    }

    private static IEnumerable<string> PlacesOf(List<Trace> traces, List<string> texts) =>
        traces.Where(trace => texts.Any(text => trace.Text.Contains(text, StringComparison.Ordinal))).Select(trace => trace.Place).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The caller's number, ours, and what was said.</summary>
    private static async Task<List<string>> PersonalDataAsync(RunningSystem system)
    {
        using var api = system.NewApiClient();
        var calls = await api.GetFromJsonAsync<JsonElement>("/v1/calls");
        var call = calls.GetProperty("calls")[0];
        var conversation = await api.GetFromJsonAsync<JsonElement>($"/v1/conversations/{call.GetProperty("conversation").GetProperty("id").GetString()}");
        // Long enough to be nobody else's words.
        var words = conversation.GetProperty("turns").EnumerateArray()
            .SelectMany(turn => NoWord().Split(turn.GetProperty("text").GetString()!)).Where(words => words.Length >= 12);
        List<string> found = [Digits(call, "from"), Digits(call, "to"), .. words.Select(text => text.Trim())];
        Assert.True(found.Count > 5, conversation.GetRawText());
        return found;
    }

    private static string Digits(JsonElement call, string field) => call.GetProperty(field).GetString()!.TrimStart('+');

    // Of rpd-<lookup id>-<secret> the lookup id is shown everywhere.
    private static string SecretOf(string text) => text.StartsWith("rpd-", StringComparison.Ordinal) ? text.Split('-', 3)[2] : text;

    private static IEnumerable<string> Exchanges() =>
        Directory.GetFiles(Checkout.PathOf("protos/Events"), "*.cs").SelectMany(file => Exchange().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

    // What the AppHost tells the person who started it: the demo tenant's key and numbers.
    [GeneratedRegex("header x-api-key|[(]emulated; |^  its account ")]
    private static partial Regex Banner();

    [GeneratedRegex(@"^\| ([a-z]+-db) \| `([a-z_.]+)`")]
    private static partial Regex Column();

    [GeneratedRegex(@"EntityName\(""([^""]+)""\)")]
    private static partial Regex Exchange();

    // Shown to everybody who may see the project.
    [GeneratedRegex("^demo-(assistant-id|account-sid)$")]
    private static partial Regex NoSecrets();

    [GeneratedRegex("[^A-Za-z0-9 ]+")]
    private static partial Regex NoWord();
}
