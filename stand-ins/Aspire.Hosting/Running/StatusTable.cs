using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>All resources with state and addresses, once the system is up.</summary>
internal static class StatusTable
{
    public static string Render(IEnumerable<ResourceEvent> resources, LogStream stream)
    {
        var rows = resources.Where(row => row.Resource is not ParameterResource).Select(row => (row.Resource.Name, State: Describe(row), Text: Addresses(row))).ToList();
        if (rows.Count == 0) return "";

        var nameWidth = rows.Max(row => row.Name.Length);
        var stateWidth = rows.Max(row => row.State.Words.Length);
        var textWidth = rows.Max(row => row.Text.Length);
        var line = new string('─', nameWidth + stateWidth + textWidth + 8);

        var table = new StringBuilder().AppendLine().AppendLine("  " + stream.Paint(LogStream.Dim, line));
        foreach (var (name, state, text) in rows)
        {
            table.Append("  ").Append(stream.Paint(state.Colour, state.Mark)).Append(' ')
                .Append(stream.Paint(LogStream.Bold, name.PadRight(nameWidth))).Append("  ")
                .Append(stream.Paint(state.Colour, state.Words.PadRight(stateWidth))).Append("  ")
                .AppendLine(text.TrimEnd());
        }

        return table.AppendLine("  " + stream.Paint(LogStream.Dim, line)).AppendLine().ToString();
    }

    private static (string Mark, string Words, string Colour) Describe(ResourceEvent row)
    {
        var state = row.Snapshot.State?.Text ?? "";
        var replicas = row.Resource.GetReplicaCount();
        if (state == KnownResourceStates.Running)
        {
            var words = replicas > 1 ? $"running × {replicas}" : "running";
            return row.Snapshot.HealthStatus == HealthStatus.Healthy ? ("●", words, LogStream.Green) : ("●", words + ", unhealthy", LogStream.Yellow);
        }

        if (state == KnownResourceStates.Finished && row.Snapshot.ExitCode is null or 0) return ("✓", "finished", LogStream.Green);
        if (state == KnownResourceStates.Finished) return ("✗", $"exited with {row.Snapshot.ExitCode}", LogStream.Red);
        if (state == KnownResourceStates.FailedToStart) return ("✗", "failed to start", LogStream.Red);
        return ("○", state == KnownResourceStates.NotStarted ? "not started" : state.ToLowerInvariant(), LogStream.Dim);
    }

    // A single "http" needs no name; others do.
    private static string Addresses(ResourceEvent row)
        => string.Join("   ", row.Snapshot.Urls.Select(url => url.Name is null or "http" or "https" ? url.Url : $"{url.Name} {url.Url}"));
}
