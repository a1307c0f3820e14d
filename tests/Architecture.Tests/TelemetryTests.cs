using System.Text.RegularExpressions;
using Rapida.Testing;

namespace Architecture.Tests;

public sealed partial class TelemetryTests
{
    [Fact]
    public void Every_metric_and_span_of_ours_is_told_of_in_the_documentation() =>
        Assert.Equal(Names(InCode()), Names(Documented().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "telemetry.md")))
            .Select(row => row.Groups[1].Value)));

    private static IEnumerable<string> InCode() => Tree.CSharp
        .Where(file => file.IsUnder("services", "libraries", "Rapida.ServiceDefaults"))
        .SelectMany(file => Measured().Matches(file.Text))
        .Select(call => call.Groups[1].Value);

    private static IEnumerable<string> Names(IEnumerable<string> names) => names.Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("""(?:StartActivity|Create(?:Observable)?(?:Counter|UpDownCounter|Histogram|Gauge)(?:<\w+>)?)\(\s*"([^"]+)""")]
    private static partial Regex Measured();

    // A row of the tables of metrics and spans: | `name` | kind or source | meaning |
    [GeneratedRegex(@"^\| `([^`]+)` \|[^|]+\|[^|]+\|$", RegexOptions.Multiline)]
    private static partial Regex Documented();
}
